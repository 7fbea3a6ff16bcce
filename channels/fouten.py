"""Everything the channel refuses, in one table: code -> (HTTP status, Dutch sentence)."""

from __future__ import annotations

FOUTEN: dict[str, tuple[int, str]] = {
    "verzoek": (400, "Dit verzoek is niet te lezen."),
    "utf8": (400, "De tekens in uw bericht zijn niet te lezen. Gebruik UTF-8."),
    "json": (400, "Uw bericht is geen geldige JSON."),
    "geen_object": (400, "Uw bericht moet een JSON-object zijn."),
    "bericht_type": (400, "Het veld message moet tekst zijn."),
    "bericht_leeg": (400, "Uw bericht is leeg. Typ eerst een vraag."),
    "bericht_lang": (400, "Uw bericht is te lang. Gebruik niet meer dan 1.000 tekens."),
    "afzender_type": (400, "Het veld sender moet tekst zijn."),
    "afzender_lang": (400, "Het veld sender is te lang. Gebruik niet meer dan 128 tekens."),
    "afzender_teken": (400, "Het veld sender bevat tekens die niet mogen."),
    "id": (400, "Het veld id ontbreekt of is niet goed."),
    "oordeel": (400, "Zeg met ja of nee of het antwoord hielp."),
    "token": (401, "Uw aanmelding is niet geldig of is verlopen. Meld u opnieuw aan."),
    "geen_aanmelding": (401, "U bent niet aangemeld. Meld u aan."),
    "geen_toegang": (403, "Dit is alleen voor medewerkers met de juiste rol."),
    "herkomst": (403, "Dit verzoek komt niet van onze eigen pagina."),
    "geen_pad": (404, "Deze pagina bestaat niet."),
    "methode": (405, "Dit kan op dit adres niet."),
    "traag": (408, "Het duurde te lang voordat uw bericht binnen was. Probeer het opnieuw."),
    "te_groot": (413, "Uw bericht is te groot."),
    "inhoudstype": (415, "Stuur uw bericht als application/json."),
    "te_snel": (429, "Er komen erg veel berichten van uw adres. Probeer het over een minuut opnieuw."),
    "te_veel_vensters": (429, "U hebt deze chat te vaak open. Sluit een paar vensters en probeer het opnieuw."),
    "intern": (500, "Er ging iets mis. Probeer het later opnieuw."),
    "niet_klaar": (503, "De assistent is er nog niet. Probeer het over een minuut opnieuw."),
    "duurt_lang": (503, "Het antwoord laat te lang op zich wachten. Probeer het over een paar minuten opnieuw."),
    "sleutels_weg": (503, "We kunnen uw aanmelding nu niet controleren. Probeer het over een paar minuten opnieuw."),
    "werklijst_weg": (503, "De verzoeken zijn nu niet op te halen. Probeer het over een paar minuten opnieuw."),
    "vol": (503, "Het is nu erg druk. Probeer het over een paar minuten opnieuw."),
}


class Fout(Exception):
    """A refusal that the sender gets to read. `code` is a key of `FOUTEN`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.zin = FOUTEN[code]

"""Changing a request that was sent: the request form's reader on what is stored."""
from datetime import date, datetime, time
from typing import Any, Dict, Iterable, Mapping

from protocol import verzoekformulier as formulier
from protocol.verzoekformulier import Bericht, Lezing, Zin
from protocol.verzoeken import Verzoek
from protocol.werkdagen import TE_LAAT

# What a client may change; for another person or another name a new request is clearer to everyone.
TE_WIJZIGEN = (formulier.DATUM, formulier.TIJD, formulier.SOORT, formulier.PLAATS, formulier.CONTACT)
_VAST = (formulier.MET_WIE, formulier.NAAM, formulier.BIJZONDERHEDEN)


def als_formulier(verzoek: Verzoek) -> Dict[str, Any]:
    """The request as a filled-in form that is asked what must change."""
    tijd = verzoek.afspraak_tijd
    return {
        formulier.DATUM: verzoek.afspraak_datum.isoformat(), "oordeel": verzoek.oordeel,
        formulier.TOCH: formulier.JA if verzoek.oordeel == TE_LAAT else None,
        formulier.TIJD: tijd.strftime("%H:%M") if tijd else formulier.ONBEKEND,
        formulier.SOORT: verzoek.gesprekssoort, formulier.PLAATS: verzoek.plaats,
        formulier.MET_WIE: verzoek.met_wie or formulier.ONBEKEND, formulier.NAAM: verzoek.naam,
        formulier.CONTACT: verzoek.contact, formulier.BIJZONDERHEDEN: verzoek.bijzonderheden or formulier.GEEN,
        formulier.WIJZIGING: "vragen",
    }


def lees_wijziging(bericht: Bericht, gevraagd: str, ingevuld: Mapping[str, Any], nu: datetime,
                   sluitingsdagen: Iterable[date] = ()) -> Lezing:
    """Read a message against the open change. What cannot be changed is left as it is, and said."""
    lezing = formulier.lees_bericht(bericht, gevraagd, ingevuld, nu, sluitingsdagen)
    vast = [veld for veld in _VAST if veld in lezing.waarden]
    for veld in vast:
        del lezing.waarden[veld]
    if vast and not any(veld in lezing.waarden for veld in TE_WIJZIGEN):
        return Lezing({formulier.WIJZIGING: "vragen", formulier.AKKOORD: None}, [Zin("utter_wijzigen_kan_niet")])
    if any(lezing.waarden.get(veld) is not None for veld in TE_WIJZIGEN):
        lezing.waarden.setdefault(formulier.WIJZIGING, None)
    return lezing


def verschil(verzoek: Verzoek, ingevuld: Mapping[str, Any]) -> Dict[str, Any]:
    """The fields that differ from what is stored, as the store takes them."""
    tijd = ingevuld[formulier.TIJD]
    nieuw = {
        "afspraak_datum": date.fromisoformat(ingevuld[formulier.DATUM]),
        "afspraak_tijd": None if tijd == formulier.ONBEKEND else time.fromisoformat(tijd),
        "gesprekssoort": ingevuld[formulier.SOORT], "plaats": ingevuld[formulier.PLAATS],
        "contact": ingevuld[formulier.CONTACT],
    }
    return {veld: waarde for veld, waarde in nieuw.items() if waarde != getattr(verzoek, veld)}

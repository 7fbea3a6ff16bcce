"""The words: what a Dutch speaker may add to. Each word stands in one or more categories with a value.

Lower-case words without accents. A pattern (see `patronen.py`) names categories in capitals and words as they are.
"""

from __future__ import annotations

from typing import Any, Dict

from .feestdagen import FEESTDAGEN
from .uitkomst import MAANDEN, WEEKDAGEN

WOORDEN: Dict[str, Dict[str, Any]] = {}


def _zet(categorie: str, waarde: Any, woorden: str) -> None:
    for woord in woorden.split():
        WOORDEN.setdefault(woord, {})[categorie] = waarde


# -- days of the week --------------------------------------------------------------------------------------------
for _i, _dag in enumerate(WEEKDAGEN):
    _zet("WDAG", _i, _dag)
    _zet("WDAGS", _i, _dag + "s")                       # "'s maandags", not one date
    _zet("WDAGEN", _i, _dag + "en")                     # "twee maandagen later"
#: Short forms that are also words; a date only beside something of a date (see `spelling.promoveer`).
for _i, _korten in enumerate(("ma maa", "di din dins", "wo woe woens", "do don dond", "vr vrij vrijd", "za zat zater",
                              "zo zon zond")):
    _zet("WAFK", _i, _korten)

# -- months ------------------------------------------------------------------------------------------------------
for _i, _maand in enumerate(MAANDEN, 1):
    _zet("MND", _i, _maand)
for _i, _korten in enumerate(("jan", "feb febr", "mrt maa mar", "apr", "", "jun", "jul", "aug", "sep sept", "okt oct", "nov",
                              "dec"), 1):
    _zet("MAFK", _i, _korten)
_zet("MND", 10, "october")
_zet("MND", 6, "junij")

# -- numbers -----------------------------------------------------------------------------------------------------
_EENHEDEN = ("nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
             "zeventien achttien negentien").split()
_TIENTALLEN = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}
TELWOORDEN: Dict[str, int] = {w: i for i, w in enumerate(_EENHEDEN)}
for _t, _w in _TIENTALLEN.items():
    TELWOORDEN[_w] = _t
    for _e in range(1, 10):
        TELWOORDEN[f"{_EENHEDEN[_e]}en{_w}"] = _t + _e
        TELWOORDEN[f"{_EENHEDEN[_e]}-en-{_w}"] = _t + _e
for _w, _n in TELWOORDEN.items():
    _zet("NUM", _n, _w)
    _zet("TELW", _n, _w)
RANG = {1: "eerste", 2: "tweede", 3: "derde", 8: "achtste"}
for _w, _n in TELWOORDEN.items():
    if 1 <= _n <= 31:
        _rang = RANG.get(_n) or _w + ("ste" if _n >= 20 else "de")
        _zet("ORD", _n, _rang)
        _zet("ORDW", _n, _rang)
        if _n >= 5:                                         # den elfden december; "derden" are other people
            _zet("ORD", _n, _rang + "n")
            _zet("ORDW", _n, _rang + "n")
for _n in range(100):
    for _w, _m in list(TELWOORDEN.items()):
        if _m == _n and _n:
            _zet("JAAR", 2000 + _n, f"tweeduizend{_w} tweeduizenden{_w}")
_zet("TWEEDUIZEND", 2000, "tweeduizend")

# -- where the day lies with respect to today --------------------------------------------------------------------
_zet("REL", 0, "vandaag heden")
_zet("REL", 2, "overmorgen")
_zet("REL", 3, "overovermorgen")
_zet("REL", -1, "gisteren gister")
_zet("REL", -2, "eergisteren eergister")
_zet("MORGEN", 1, "morgen")                             # the next day, or a part of the day
_zet("KOMEND", True, "aanstaande aanstaand a.s as aankomende aankomend komende komend eerstkomende eerstvolgende "
                     "eerstvolgend eestvolgende aanst toekomende")
_zet("VOLGEND", True, "volgende volgend vlgnde volg vlg")
_zet("DEZE", True, "deze dit")
_zet("VORIG", True, "vorige vorig verleden")
_zet("AFGELOPEN", True, "afgelopen jongstleden j.l jl laatstleden l.l")

# -- units -------------------------------------------------------------------------------------------------------
_zet("EENH", "dag", "dag dagen daags dagje dgn")
_zet("EENH", "week", "week weken weekje")
_zet("EENH", "maand", "maand maanden maandje mnd")
_zet("EENH", "jaar", "jaar jaren jaartje")
_zet("WERKDAG", True, "werkdag werkdagen")
_zet("UUR", True, "uur uurs uren uurtje uurtjes")
#: "om negenen", "tegen tienen": only after a preposition.
for _n, _w in enumerate("enen tweeen drieen vieren vijven zessen zevenen achten negenen tienen elven twaalven".split(), 1):
    _zet("UURVORM", _n, _w)
#: Only straight after digits: "acht u dat nodig" is no hour.
_zet("UURKORT", True, "u h hr")
_zet("MIN", True, "minuut minuten min minuutjes minuutje mins")
_zet("WEEKEND", True, "weekend weekeinde weekends")

# -- parts of the day --------------------------------------------------------------------------------------------
_zet("DEEL", "ochtend", "ochtend voormiddag vm ocht")
_zet("DEEL", "middag", "middag namiddag nm")
_zet("DEEL", "avond", "avond")
_zet("DEEL", "nacht", "nacht")
_zet("DEELS", "ochtend", "ochtends morgens voormiddags smorgens sochtends")
_zet("DEELS", "middag", "middags namiddags smiddags")
_zet("DEELS", "avond", "avonds savonds")
_zet("DEELS", "nacht", "nachts snachts")
_zet("AMPM", "am", "am a.m")
_zet("AMPM", "pm", "pm p.m")

# -- vague -------------------------------------------------------------------------------------------------------
_zet("BEGIN", True, "begin eind einde medio midden halverwege ergens eerstdaags omstreeks")
_zet("PRECIES", True, "precies exact")
_zet("KLEIN", True, "kleine grote goede dikke krappe ruime")
_zet("RUWWEG", True, "ongeveer ruwweg circa ca ruim bijna zowat zo'n minstens minimaal maximaal hooguit pakweg plusminus")
_zet("PAAR", True, "paar aantal enkele enige ettelijke meerdere anderhalve anderhalf halve tal tientallen zoveel")
_zet("SEIZOEN", True, "zomer winter herfst lente voorjaar najaar vakantie zomervakantie kerstvakantie herfstvakantie "
                      "meivakantie voorjaarsvakantie krokusvakantie paasvakantie bouwvak feestdagen kerstdagen paasdagen "
                      "pinksterdagen paasweekend pinksterweekend hemelvaartsweekend weekeind zomerreces")

# -- a number that follows one of these is no date and no time ----------------------------------------------------
_zet("NRWOORD", True,
     "kamer lokaal zaal verdieping etage balie loket kenmerk nummer nr nrs no num dossier dossiernummer referentie "
     "referentienummer ref code artikel art pagina blz bladzijde huisnummer postcode bsn burgerservicenummer telefoon "
     "telefoonnummer tel telnr mobiel versie bijlage vraag stap lijn buslijn spoor perron gate groep formulier hoofdstuk "
     "paragraaf par punt poging factuur factuurnummer polis polisnummer klantnummer ordernummer zaak zaaknummer nummers "
     "rekening rekeningnummer iban pin pincode cijfer niveau regel rij stoel unit fase deel optie toestel doorkiesnummer "
     "registratienummer patientnummer aanvraagnummer meldingsnummer ticket bestelling bus tram trein flat appartement "
     " bijlagen pagina's artikelen lid sectie schaal klasse graad leeftijd score kenteken case casus "
     "trap hal gang vleugel ingang blok vak kantoornummer wachtkamer spreekkamer spreekruimte parkeerplaats "
     "regels hoofdstukken")
_zet("GETELD", True, "redenen euro euros euro's eur cent € % procent graden km kilometer meter cm kg kilo gram liter stuks stuk keer "
                   "maal personen mensen jarige jarig mb gb vragen punten gulden ct")

_zet("AANSPREEK", True, "meneer mevrouw mevr mw dhr heer mijnheer dokter dr familie collega")
_zet("DUURT", True, "bijna ruim zeker minstens hooguit minimaal maximaal slechts wel")
#: "ik heb 2 uur gewacht"
_zet("GEDUURD", True, "gewacht gewerkt geduurd gereden gereisd gezeten gepraat gestaan gebeld gefilmd geslapen opgenomen verloren nodig "
                      "wachten bezig kwijt")
#: Things that last: "een gesprek van 2 uur" names no hour of the day.
_zet("DUREND", True, "gesprek afspraak onderzoek opname keuring reis rit wachttijd video film filmpje bezoek cursus les "
                     "vergadering overleg zitting werkdag reistijd pauze")

# -- small words that may follow a date or a time -----------------------------------------------------------------
_zet("VOLG", True,
     "om op in bij te ter van voor met naar tot tegen rond vanaf sinds en of maar want dus dan toen als dat die omdat "
     "ik je jij u we wij ze zij hij het er hem haar ons jullie men iemand "
     "is was ben bent zijn waren kan kunt kunnen kon moet moeten moest mag mogen wil wilt willen wou heb hebt heeft hebben "
     "had hadden word wordt worden ga gaat gaan ging kom komt komen kwam zal zult zullen zou zouden krijg doe doet zit staat "
     "lukt past schikt uitkomt graag niet wel ook al weer nog pas even alstublieft aub svp toch eigenlijk meteen gewoon "
     "terug weg vrij langs klaar thuis aanwezig beschikbaar langskomen teruggaan terugkomen vertrekken afspreken "
     "bellen spreken beginnen verzetten bezoeken lunchen eten werken doorgaat plaats door afgesproken gepland ingepland "
     "vast gebeld heen samen zo hier daar precies stipt ongeveer goed prima oke ok nou ja nee hoor klopt toe tijdens "
     "opnemen filmen alleen zullen laten waarom hoe waar wanneer s.v.p a.u.b he hoor nogmaals dacht bedoel bedoelde zei "
     "geloof denk via zonder welke wat wie ie ipv i.p.v inplaats nu straks eerst pas zelf geldt telt gepland")
#: Verbs end like this; a word with such an ending may follow "om 3" or "de 14e".
WERKWOORDSLOT = ("komen", "gaan", "spreken", "bellen", "zijn", "kunnen", "leggen", "zetten", "plannen", "nemen", "maken",
                 "vinden", "beginnen", "keren", "doen", "staan", "houden", "vergaderen", "wijzigen", "annuleren")

#: "Kerkstraat 12" is where somebody lives.
STRAATSLOT = ("straat", "laan", "weg", "plein", "singel", "kade", "gracht", "dijk", "dreef", "hof", "steeg", "baan", "boulevard")
_zet("STRAAT", True, " ".join(w for w in STRAATSLOT if w not in ("weg", "hof", "baan")))
_zet("VOLG", True, "onderweg")

#: Glued words: each is read as the words after it.
GESMEED: Dict[str, str] = {}
_DELEN = "ochtend morgen voormiddag middag namiddag avond nacht".split()
for _deel in _DELEN:
    _als = "ochtend" if _deel == "morgen" else _deel
    for _dag in WEEKDAGEN:
        GESMEED[_dag + _deel] = f"{_dag} {_als}"
    GESMEED["van" + _deel] = f"vandaag {_als}"
    GESMEED["gister" + _deel] = GESMEED["gisteren" + _deel] = f"gisteren {_als}"
    GESMEED["overmorgen" + _deel] = f"overmorgen {_als}"
    GESMEED["eergister" + _deel] = GESMEED["eergisteren" + _deel] = f"eergisteren {_als}"
    if _deel != "morgen":
        GESMEED["morgen" + _deel] = f"morgen {_als}"
GESMEED["morgenvroeg"] = GESMEED["morgenvroegs"] = "morgen ochtend"
GESMEED["vannacht"] = "vandaag nacht"
for _w in WOORDEN:
    if "DEELS" in WOORDEN[_w] and not _w.startswith("s"):
        GESMEED["'s-" + _w] = GESMEED["s'" + _w] = f"'s {_w}"
GESMEED.update({"den": "de", "nie": "niet", "sondag": "zondag", "saterdag": "zaterdag", "wek": "week", "weeek": "week", "wk": "week", "wkn": "weken", "mrgen": "morgen", "mrgn": "morgen", "kw": "kwart", "kwartje": "kwart", "morge": "morgen", "morgn": "morgen",
                 "kwartvoor": "kwart voor", "kwartover": "kwart over"})

#: Longer words that may be written together: "volgendeweek", "kwartovertwee".
SMEEDBAAR = frozenset(
    ["volgende", "komende", "aanstaande", "deze", "week", "half", "kwart", "over", "voor", "maand", "weekend", "uur", "dag",
     "om", "morgen", "overmorgen", "vandaag", "kerstdag", "paasdag", "pinksterdag"]
    + list(WEEKDAGEN) + list(MAANDEN) + _DELEN + [w for w in TELWOORDEN if "-" not in w and TELWOORDEN[w] <= 31])
SMEEDBEGIN = frozenset(
    ["volgende", "komende", "aanstaande", "half", "kwart", "deze", "morgen", "overmorgen"]
    + [w for w in WOORDEN if "ORDW" in WOORDEN[w]] + list(WEEKDAGEN)
    + [w for w, n in TELWOORDEN.items() if 1 <= n <= 31 and "-" not in w])

#: Misspelt forms of these are recognised (bounded edit distance, see `spelling.py`).
SPELBAAR = frozenset(
    [w for w in WEEKDAGEN + MAANDEN if len(w) >= 6] + list(GESMEED)
    + ["volgende", "aanstaande", "aankomende", "eerstvolgende", "eerstkomende", "overmorgen", "vandaag", "gisteren", "komende",
       "ochtend", "ochtends", "middags", "namiddag", "voormiddag", "weekend"]
    + [w for w in FEESTDAGEN if " " not in w and len(w) >= 7]
    + [w for w in WOORDEN if "ORD" in WOORDEN[w] and len(w) >= 8]
    + [w for w in TELWOORDEN if len(w) >= 8 and "-" not in w])
#: Real Dutch words that lie one letter away from one of them.
GEEN_SPELFOUT = frozenset(
    "vandaar vandaan volgens kokende volgden volgend zonder zondaar midden middel middels middelen ochtendlijk komend "
    "komedie avonds komenden volgenden morgens maandags dinsdags woensdags donderdags vrijdags zaterdags zondags "
    "gesteren middagen weekeind julian julia juliana augusta augustin januar mariner achtend kerstmarkt kerstman "
    "moederdagen vaderlag ochtenden voormiddags namiddags volgende komende vandoor vandalen oktobers zesdaags".split())

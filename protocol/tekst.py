"""Small readings of Dutch text that need no model: names, question form, run-ups."""
import re
import unicodedata
from typing import Iterable, List, Optional, Tuple

# Intents after which help comes first and nothing else is asked.
NOODINTENTS = frozenset({"gevaar", "zelfdoding"})

_VRAAGWOORDEN = set("mag mogen kan kun kunnen moet moeten hoe wat waar waarom wanneer wie welke hoeveel is zijn heb "
                    "heeft krijg krijgt geldt wordt worden telt tellen zal zou wil wilt ziet staat komt leest weet".split())
_VRAAGMIDDEN = re.compile(r"\b(mag ik|mogen wij|kan ik|moet ik|hoe lang|hoelang|of ik)\b")
_AANLOOP = re.compile(
    r"^(?:(?:eh+|uh+|ja|nou|ok(?:é|e)?|dat is|het is|de afspraak is|ik denk|volgens mij|met|bij|in|te|op|naar)\b[\s,:]*)+",
    re.IGNORECASE)
_NAAM_AANLOOP = re.compile(
    r"\b(?:mijn naam is|mijn naam:|m'n naam is|men naam is|naam is|naam:|^naam|ik heet|ik ben|u spreekt met|my name is)"
    r"\s+(?P<naam>.+)$", re.IGNORECASE)
_NAAM_ACHTERAAN = re.compile(r"^(?:nee|sorry|oja)?[\s,]*(?P<naam>.+?)\s+is (?:mijn|m'n) naam\b", re.IGNORECASE)
_NAAM_EINDE = re.compile(r"[;!?]|(?<=[a-z]{2})\.(?:\s|$)|,?\s(?:en\s)?(?:(?:mijn|m'n)\s(?:\w+nummer|nummer|tel|gsm|mail|e-mail)|tel\b|bel\b|en\s(?:ik|de)\b)"
                         r"|,\s(?:en\b|mijn\b|ik\b)|\s*[\d+]")
_NAAM = re.compile(r"^[^\W\d_][^\W\d_.'’`\- ]*(?:[,.'’`\- ]+[^\W\d_]+)*\.?$")
_TUSSENVOEGSELS = set("van de der den het 't ten ter te el al la le ben bin ibn von dos da di du op aan in y e".split())
# Words that follow "ik ben" without being a name.
_GEEN_NAAM = set("niet wel al nog de een het van te in op bij aan ziek doof slecht blind bang boos client cliënt klant "
                 "bereikbaar zijn haar hem geen ja nee verkeerd fout anders veranderd gewijzigd".split())
# Small words of a sentence; no name holds one of them in small letters.
_ZINSWOORDEN = set("ik heb het een niet en is mijn jij u moet wil even wacht dat die dit maar ook nog geen wat hoe dan met "
                   "voor naar mag kan hoor zeg zeggen liever gaat".split())
_CORRECTIE = re.compile(r"^(?:nee|neen|sorry|oja|o ja|oh|oeps|wacht|ik bedoel|ik bedoelde|correctie|toch|foutje|verkeerd)\b")
_WACHTEN = re.compile(r"^(?:wacht|momentje|moment|ogenblik|ogenblikje|even geduld|effe wachten|ik moet even|even (?:zoeken|kijken|pakken))\b")
_NIETS = re.compile(r"^(?:nee|neen|niets|niks|nvt|n v t|geen|nope|laat maar)\b")

_VOORVOEGSELS = set("van de der den het 't ter ten te el al la le von di da ben bin ibn".split())
_CLIENT = re.compile(r"\b(?:voor|namens|cliënt|client|klant|beller)\b:?\s*", re.IGNORECASE)
_TITEL = re.compile(r"(?<!\w)(?:mw|mevr|mevrouw|dhr|de heer|meneer)\b\.?\s*", re.IGNORECASE)
_BIJ = re.compile(r"\b(?:bij|met)\s+", re.IGNORECASE)
_VOORLETTERS = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?)+(?=[^\W\d_]{2})")
# Words that end a name in an agent's message, however they are written.
_NA_NAAM = set("""op om in bij met kantoor beeldbellen via tel telefoon mail email en wil wilt moet morgen overmorgen
               vandaag volgende aanstaande komende a.s afspraak gesprek filmen film video verzoek de het een""".split())
# Written with a capital, the short ones are names: 'Jan', 'Do'.
_DAG_OF_MAAND = re.compile(
    r"(?i:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari|maart|april|augustus|september"
    r"|oktober|november|december)|(?:ma|di|wo|do|vr|za|zo|jan|feb|mrt|apr|mei|juni|juli|aug|sept?|okt|nov|dec)\.?")
_TOELICHTING = re.compile(r"[\s,;.]*\b(?:toelichting|opmerking|bijzonderheden|reden)\s*:\s*(?P<tekst>.+)$", re.IGNORECASE)


def schoon(tekst: str) -> str:
    """Lower case without punctuation and with single spaces, for comparing words."""
    return " ".join(re.findall(r"[\w']+", unicodedata.normalize("NFC", tekst).lower()))


def lijkt_vraag(tekst: str) -> bool:
    """Whether a message has the form of a question: a question mark, or a question word or verb in front."""
    woorden = schoon(tekst).split()
    return "?" in tekst or bool(woorden and woorden[0] in _VRAAGWOORDEN) or bool(_VRAAGMIDDEN.search(" ".join(woorden)))


def lijkt_naam(tekst: str) -> bool:
    """Whether a message can hardly be anything but a name: two words or more, each with a capital ('Wil de Boer')."""
    woorden = [w for w in re.split(r"[\s\-]+", tekst.strip(" .")) if w]
    eigen = [w for w in woorden if w.lower() not in _TUSSENVOEGSELS]
    return len(woorden) >= 2 and bool(eigen) and all(w[0].isupper() for w in eigen) and "?" not in tekst


def begint_met_correctie(tekst: str) -> bool:
    """Whether a message takes back what was said: 'nee ...', 'sorry, ...', 'ik bedoel ...'."""
    return bool(_CORRECTIE.match(schoon(tekst)))


def vraagt_tijd_om_te_zoeken(tekst: str) -> bool:
    """'Wacht even', 'ik moet even zoeken'."""
    return bool(_WACHTEN.match(schoon(tekst)))


def zegt_niets(tekst: str) -> bool:
    """'Nee', 'niks bijzonders', 'nvt': nothing to add, in a few words."""
    kaal = schoon(tekst)
    return bool(_NIETS.match(kaal)) and len(kaal.split()) <= 4


def zonder_aanloop(tekst: str) -> str:
    """The answer without its run-up: 'eh, het is bij de arts' -> 'de arts'."""
    return _AANLOOP.sub("", tekst.strip()).strip(" .,!")


def lees_naam(tekst: str, gevraagd: bool) -> Optional[str]:
    """A person's name as typed, or None.

    Looks for 'mijn naam is ...'; only when the name was asked is the whole message taken for one.
    """
    gevonden = _NAAM_AANLOOP.search(tekst) or _NAAM_ACHTERAAN.search(tekst)
    if gevonden:
        naam = gevonden["naam"]
    elif gevraagd:
        naam = re.sub(r"^(?:(?:eh+|uh+|ja|nou|met|dat is)\b[\s,]*)+", "", tekst.strip(), flags=re.IGNORECASE)
    else:
        return None
    naam = " ".join(_NAAM_EINDE.split(naam)[0].strip(" ,;:!").split())
    woorden = naam.split()
    if not 2 <= len(naam) <= 80 or len(woorden) > 7 or not _NAAM.match(naam):
        return None
    if len(woorden) > 1 and _ZINSWOORDEN.intersection(woorden):
        return None
    if woorden[0].lower() in _GEEN_NAAM and (not gevraagd or len(woorden) == 1) and not lijkt_naam(naam):
        return None
    if gevonden and re.search(r"ik ben", gevonden[0], re.IGNORECASE) and not gevraagd and not woorden[0][0].isupper():
        return None
    return naam


def lees_toelichting(tekst: str) -> Tuple[str, Optional[str]]:
    """A message and the remark behind 'toelichting:' in it, apart."""
    gevonden = _TOELICHTING.search(tekst)
    return (tekst[:gevonden.start()], gevonden["tekst"].strip()) if gevonden else (tekst, None)


def lees_naam_client(tekst: str, gevraagd: bool, plaatsen: Iterable[str] = ()) -> Optional[str]:
    """The client's name in an agent's message, without 'mevrouw' or 'dhr': 'voor M. Aydin, 10 december' -> 'M. Aydin'.

    A name stands behind 'voor', 'namens' or 'mw', or has initials with a full stop. Without those, and when the name
    was not asked for, a word is never taken for a name.
    """
    for begin in _CLIENT.finditer(tekst):
        titel = _TITEL.match(tekst, begin.end())
        naam = _naam_vooraan(tekst[titel.end() if titel else begin.end():], bool(titel))
        if naam and naam not in plaatsen:
            return naam
    if wie := lees_met_wie(tekst):
        tekst = tekst.replace(wie, "")
    for begin in _TITEL.finditer(tekst):
        if naam := _naam_vooraan(tekst[begin.end():], True):
            return naam
    for begin in _VOORLETTERS.finditer(tekst):
        if naam := _naam_vooraan(tekst[begin.start():], True):
            return naam
    return lees_naam(tekst, True) if gevraagd else None


def lees_met_wie(tekst: str) -> Optional[str]:
    """The employee in 'bij mevrouw De Vries' or 'met P. Smit', as written; None when no name stands there."""
    for begin in _BIJ.finditer(tekst):
        titel = _TITEL.match(tekst, begin.end())
        if naam := _naam_vooraan(tekst[titel.end() if titel else begin.end():], bool(titel)):
            return (titel[0] if titel else "") + naam
    return None


def _naam_vooraan(tekst: str, klein: bool) -> Optional[str]:
    """The name that a text begins with; `klein`: it may be written without capitals."""
    woorden: List[str] = []
    for stuk in tekst.split():
        woord = stuk.rstrip(",;:!?")
        kaal = woord.lower().strip(".")
        voorletter = len(kaal.replace(".", "")) == 1 or re.fullmatch(r"(?:[^\W\d_]\.)+", woord)
        if kaal not in _VOORVOEGSELS:
            if not re.fullmatch(r"[^\W\d_][\w.'’`-]*", woord) or _DAG_OF_MAAND.fullmatch(woord):
                break
            if kaal in _NA_NAAM or not (woord[0].isupper() or klein or voorletter):
                break
        klein = klein or bool(voorletter)
        woorden.append(woord)
        if stuk != woord:
            break
    while woorden and woorden[-1].lower() in _VOORVOEGSELS:
        woorden.pop()
    naam = " ".join(woorden)
    heel = any(len(w.strip(".")) > 1 and w.lower() not in _VOORVOEGSELS for w in woorden)
    return naam if heel and len(naam) <= 80 and len(woorden) <= 7 and _NAAM.match(naam) else None


_RANG = {"eerste": 0, "1e": 0, "tweede": 1, "2e": 1, "laatste": -1, "bovenste": 0, "onderste": -1}


def kies(tekst: str, aantal: int) -> Optional[int]:
    """Which of `aantal` offered choices a message like 'de eerste' picks (0-based), or None."""
    woorden = [w for w in schoon(tekst).split() if w not in ("de", "die", "doe", "maar", "optie", "graag", "het", "is")]
    if len(woorden) != 1 or woorden[0] not in _RANG or aantal < 2:
        return None
    plek = _RANG[woorden[0]] % aantal
    return plek if _RANG[woorden[0]] < aantal else None


_LAATSTE_DAG_VOOR = re.compile(r"\b((?:laatste|uiterste)\s+(?:dag|datum|moment|kans))\s+(?:voor|vóór)\b", re.IGNORECASE)
_VANDAAG_VRAGEN = re.compile(r"\b(?:vandaag|vanavond|vanmiddag|vanochtend|nu)\b(?=.*\b(?:voor|afspraak)\b)|"
                             r"(?<=nog )\b(?:vandaag|vanavond|vanmiddag|nu)\b", re.IGNORECASE)


def afspraak_in_termijnvraag(tekst: str) -> str:
    """A question about the term with only the words on the appointment.

    'De laatste dag voor 9 december' is about an appointment on the 9th, not about the day before it, and in 'kan ik
    het vandaag nog vragen voor maandag' today is the day of asking.
    """
    return _VANDAAG_VRAGEN.sub(" ", _LAATSTE_DAG_VOOR.sub(r"\1: ", tekst))

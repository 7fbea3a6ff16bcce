"""Small readings of Dutch text that need no model: names, question form, run-ups."""
import re
import unicodedata
from typing import Optional

_VRAAGWOORDEN = set("mag mogen kan kun kunnen moet moeten hoe wat waar waarom wanneer wie welke hoeveel is zijn heb "
                    "heeft krijg krijgt geldt wordt worden telt tellen zal zou wil wilt".split())
_VRAAGMIDDEN = re.compile(r"\b(mag ik|mogen wij|kan ik|moet ik|hoe lang|hoelang|of ik)\b")
_AANLOOP = re.compile(
    r"^(?:(?:eh+|uh+|ja|nou|ok(?:é|e)?|dat is|het is|de afspraak is|ik denk|volgens mij|met|bij|in|te|op|naar)\b[\s,:]*)+",
    re.IGNORECASE)
_NAAM_AANLOOP = re.compile(
    r"\b(?:mijn naam is|mijn naam:|m'n naam is|men naam is|naam is|naam:|ik heet|ik ben|u spreekt met)\s+(?P<naam>.+)$",
    re.IGNORECASE)
_NAAM = re.compile(r"^[^\W\d_][^\W\d_.'’`\- ]*(?:[.'’`\- ]+[^\W\d_]+)*\.?$")
# Words that follow "ik ben" without being a name.
_GEEN_NAAM = set("niet wel al nog de een het van te in op bij aan ziek doof slecht blind bang boos client cliënt klant "
                 "bereikbaar zijn haar hem geen ja nee verkeerd fout anders veranderd gewijzigd".split())


def schoon(tekst: str) -> str:
    """Lower case without punctuation and with single spaces, for comparing words."""
    return " ".join(re.findall(r"[\w']+", unicodedata.normalize("NFC", tekst).lower()))


def lijkt_vraag(tekst: str) -> bool:
    """Whether a message has the form of a question: a question mark, or a question word or verb in front."""
    woorden = schoon(tekst).split()
    return "?" in tekst or bool(woorden and woorden[0] in _VRAAGWOORDEN) or bool(_VRAAGMIDDEN.search(" ".join(woorden)))


def zonder_aanloop(tekst: str) -> str:
    """The answer without its run-up: 'eh, het is bij de arts' -> 'de arts'."""
    return _AANLOOP.sub("", tekst.strip()).strip(" .,!")


def lees_naam(tekst: str, gevraagd: bool) -> Optional[str]:
    """A person's name as typed, or None.

    Looks for 'mijn naam is ...'; only when the name was asked is the whole message taken for one.
    """
    gevonden = _NAAM_AANLOOP.search(tekst)
    if gevonden:
        naam = re.split(r"[,;!?]|\.\s|\sen\s(?:mijn|ik|de)\b", gevonden["naam"])[0]
    elif gevraagd:
        naam = re.sub(r"^(?:(?:eh+|uh+|ja|nou|met|dat is)\b[\s,]*)+", "", tekst.strip(), flags=re.IGNORECASE)
    else:
        return None
    naam = " ".join(naam.strip(" .,;:!").split())
    woorden = naam.split()
    if not 2 <= len(naam) <= 80 or len(woorden) > 7 or not _NAAM.match(naam):
        return None
    if woorden[0].lower() in _GEEN_NAAM and (not gevraagd or len(woorden) == 1):
        return None
    if gevonden and re.search(r"ik ben", gevonden[0], re.IGNORECASE) and not gevraagd and not woorden[0][0].isupper():
        return None
    return naam


_RANG = {"eerste": 0, "1e": 0, "tweede": 1, "2e": 1, "laatste": -1, "bovenste": 0, "onderste": -1}


def kies(tekst: str, aantal: int) -> Optional[int]:
    """Which of `aantal` offered choices a message like 'de eerste' picks (0-based), or None."""
    woorden = [w for w in schoon(tekst).split() if w not in ("de", "die", "doe", "maar", "optie", "graag", "het", "is")]
    if len(woorden) != 1 or woorden[0] not in _RANG or aantal < 2:
        return None
    plek = _RANG[woorden[0]] % aantal
    return plek if _RANG[woorden[0]] < aantal else None

"""Spelling, as far as the intent classifier needs it: its features see this text, everything else the words typed.

Joined and split words are put right, and a word that is no Dutch word but sounds like one of the words of this
subject becomes that word. Names, dates and numbers stay as they are.
"""
import gzip
import json
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Dict, FrozenSet, Optional

from components.spacy_nl import patronen

# The words of the subject that people misspell; each at least five letters.
WOORDEN = """
opnemen opname opnames opneem opneemt opgenomen geluid geluidsopname geluidsopnames beeldopname beeldopnames filmen
filmt gefilmd filmpje filmpjes video videobellen beeldbellen camera recorder dictafoon voicememo telefoon telefoongesprek
gesprek gesprekken afspraak medewerker verzekeringsarts keuringsarts arbeidsdeskundige werkcoach begeleider werkgever
toestemming instemming stiekem heimelijk verborgen verboden toegestaan verplicht melden vertellen openbaar publiceren
internet facebook instagram youtube tiktok whatsapp verwijderen plaatsen doorsturen luisteren terugluisteren familie
vrienden bewaren bewijs bezwaar advocaat rechter klacht strafbaar strafblad boete gevolgen bewerken knippen
livestream rechtstreeks uitzenden screenshot schermopname misbruik oneigenlijk verzoek aanvraag aanvragen aangevraagd
aanvragen formulier termijn uiterlijk werkdagen weekend wijzigen veranderen intrekken annuleren gegevens privacy
protocol regels geldig waarom waarvoor wanneer antwoord weigeren weigert beperking slechthorend geheugen minderjarig
kinderen gemachtigde bewindvoerder hoorzitting huisbezoek mediation handhaving kantoor receptie uitkering gestolen
bedoelt begrijp uitleggen herhalen goedemorgen goedemiddag bedankt mogen
""".split()

# Good words that the tables lack and that sound like one of the above.
_GOED = """
waarop waarover waartoe anderen bekeken uitgelegd aanvang openbare mediator bedoeld betrekking luister weiger bewerkte
verwijderd gevochten verplaats verplaatst minderjarige minderjarigen betaalt verteld vertelt bewaar bewaart weken
vlaanderen vlaamse watvoor
""".split()

# Words that are one word, however they are split: "beeld opname", "geluids-opname", "scherm opnames".
_SAMEN = re.compile(
    r"\b(beeld|video|film|geluids?|audio|stem|scherm|spraak)[ -]+(opnames?|opname[ns]?|materiaal|bellen|verbinding|gesprek(?:ken)?"
    r"|fragment(?:en)?|bestand(?:en)?)\b|\b(terug|mee|door|na|af)[ -]+(luisteren|kijken|sturen|gestuurd|schrijven|filmen)\b"
    r"|\b(verzekerings|keurings|bedrijfs)[ -]+(arts)\b|\b(werk)[ -]+(coach|dagen|dag|gever)\b|\b(film|video)[ -]+(verzoek|aanvraag)\b"
    r"|\b(telefoon)[ -]+(gesprek(?:ken)?)\b|\b(hoor)[ -]+(zitting)\b|\b(huis)[ -]+(bezoek)\b|\b(live)[ -]+(stream(?:en)?)\b"
    r"|\b(screen)[ -]+(shots?)\b|\b(voice)[ -]+(memo'?s?)\b|\b(toe)[ -]+(stemming)\b|\b(in)[ -]+(stemming)\b", re.I)
# And the other way round: words that are often typed as one.
_LOS = ((re.compile(r"\bmagd?(ik|dat|da|je)\b"), r"mag \1"), (re.compile(r"\bk(?:an|en)k\b"), "kan ik"),
        (re.compile(r"\bmoetk\b"), "moet ik"), (re.compile(r"\bmoetik\b"), "moet ik"), (re.compile(r"\bwatis\b"), "wat is"),
        (re.compile(r"\bheb(?:ik|k)\b"), "heb ik"), (re.compile(r"\bben?k\b"), "ben ik"), (re.compile(r"\bwatnu\b"), "wat nu"),
        (re.compile(r"\b(?:uvw|uww|u w v|uwf)\b"), "uwv"))
_WOORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Straight after these a word is a name.
_VOOR_NAAM = {"heet", "naam", "mevrouw", "meneer", "mevr", "dhr", "heer", "dokter", "dr", "van", "de", "den", "der"}
MIN_LENGTE = 5


@lru_cache(maxsize=1)
def lemmas() -> Dict[str, str]:
    """Word form to lemma, the Dutch table of spacy-lookups-data."""
    with gzip.open(files("spacy_lookups_data") / "data" / "nl_lemma_lookup.json.gz") as bestand:
        return json.load(bestand)


@lru_cache(maxsize=1)
def _nederlands() -> FrozenSet[str]:
    tabel = lemmas()
    with gzip.open(files("spacy_lookups_data") / "data" / "nl_lemma_index.json.gz") as bestand:
        index = json.load(bestand)
    plaatsen = {stuk for patroon in patronen() if patroon["label"] == "plaats" for stuk in patroon["id"].lower().split()}
    return frozenset(tabel) | {w for soort in index.values() for w in soort} | frozenset(WOORDEN) | frozenset(_GOED) | plaatsen


def klank(woord: str) -> str:
    """The word as it sounds, roughly: 'gefilmt', 'gefillemd' and 'gefilmd' come close together."""
    kaal = "".join(c for c in unicodedata.normalize("NFD", woord.lower()) if not unicodedata.combining(c))
    for van, naar in (("ij", "ei"), ("sch", "sg"), ("ch", "g"), ("ck", "k"), ("c", "k"), ("x", "ks"), ("q", "k"), ("th", "t"),
                      ("ph", "f"), ("au", "ou"), ("dt", "t"), ("y", "i"), ("z", "s"), ("v", "f"), ("ie", "i"), ("'", "")):
        kaal = kaal.replace(van, naar)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"d\b", "t", kaal))


def afstand(a: str, b: str, hoogstens: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours between two words; `hoogstens` + 1 when more."""
    if abs(len(a) - len(b)) > hoogstens:
        return hoogstens + 1
    eerder, vorige = [], list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        rij = [i]
        for j, y in enumerate(b, 1):
            waarde = min(vorige[j] + 1, rij[-1] + 1, vorige[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                waarde = min(waarde, eerder[j - 2] + 1)
            rij.append(waarde)
        if min(rij) > hoogstens:
            return hoogstens + 1
        eerder, vorige = vorige, rij
    return vorige[-1]


@lru_cache(maxsize=4096)
def verbeter(woord: str) -> Optional[str]:
    """The word of the subject that a lower-case word was meant to be, or None."""
    if len(woord) < MIN_LENGTE or woord in _nederlands():
        return None
    gehoord = klank(woord)
    beste, minst = None, 3
    for kandidaat in WOORDEN:
        hoogstens = 0 if len(kandidaat) < 6 else 1 if len(kandidaat) < 9 else 2
        doel = klank(kandidaat)
        if doel[0] != gehoord[0]:
            continue
        ver = afstand(gehoord, doel, hoogstens)
        if ver <= hoogstens and ver < minst:
            beste, minst = kandidaat, ver
    return beste


def normaliseer(tekst: str) -> str:
    """The text in lower case, with the words of the subject spelt right."""
    tekst = unicodedata.normalize("NFC", tekst).replace("’", "'").replace("`", "'")
    tekst = _SAMEN.sub(lambda m: "".join(g for g in m.groups() if g), tekst)
    delen, eind, voor, daarvoor = [], 0, "", ""
    for gevonden in _WOORD.finditer(tekst):
        woord = gevonden.group()
        # Inside a sentence a capital is a name; so is the word after "ik heet".
        begin = not re.search(r"\w[^.!?\n]*$", tekst[:gevonden.start()])
        naam = (woord[0].isupper() and not begin and not woord.isupper()) or voor in _VOOR_NAAM \
            or (daarvoor, voor) == ("naam", "is")
        beter = None if naam or "@" in tekst[max(0, gevonden.start() - 1):gevonden.end() + 1] else verbeter(woord.lower())
        delen += [tekst[eind:gevonden.start()], beter or woord]
        eind, voor, daarvoor = gevonden.end(), woord.lower(), voor
    uit = ("".join(delen) + tekst[eind:]).lower()
    for patroon, vervanging in _LOS:
        uit = patroon.sub(vervanging, uit)
    return uit

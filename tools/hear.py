"""What the assistant did not understand, from the stored conversations, ready to be labelled: `make hear`.

Prints YAML in the form of data/nlu, grouped by the topic it came nearest to: the content editor moves each sentence to
the right intent, or throws it away. After those come the answers that people said did not help, by the topic they were
answered with. Personal data is masked. `--sinds 2026-11-01` leaves out what is older.
"""
import argparse
import json
import os
import re
import sys
from collections import defaultdict
from datetime import date, datetime
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

import phonenumbers
from sqlalchemy import create_engine, text

from protocol.maskeren import maskeer

NIET_BEGREPEN = ("utter_niet_begrepen", "utter_niet_begrepen_twee", "utter_niet_begrepen_weer", "utter_losse_gegevens")
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_NAAM = re.compile(r"(?i:\b(?:ik heet|mijn naam is|naam:|mevrouw|meneer|dhr\.?|mevr\.?|dokter))(?:\s+[A-Z][\w'-]+)+")


def zonder_gegevens(tekst: str) -> str:
    """The sentence without BSN, account, telephone number, e-mail address, and names that are introduced as such."""
    tekst = _EMAIL.sub("[e-mail]", maskeer(" ".join(tekst.split())))
    for gevonden in reversed(list(phonenumbers.PhoneNumberMatcher(tekst, "NL"))):
        tekst = tekst[:gevonden.start] + "[telefoon]" + tekst[gevonden.end:]
    return _NAAM.sub("[naam]", tekst)


def gebeurtenissen(url: str, sinds: Optional[date]) -> Iterator[Dict[str, Any]]:
    """The events of the tracker store in the order in which they happened, conversation by conversation."""
    vanaf = datetime.combine(sinds, datetime.min.time()).timestamp() if sinds else 0
    with create_engine(url).connect() as verbinding:
        rijen = verbinding.execute(
            text("SELECT sender_id, data FROM events WHERE timestamp >= :vanaf ORDER BY sender_id, id"), {"vanaf": vanaf})
        for afzender, data in rijen:
            yield {**json.loads(data), "afzender": afzender}


Gevonden = Dict[str, List[Tuple[str, int]]]


def niet_begrepen(rij: Iterable[Dict[str, Any]]) -> Gevonden:
    """Per nearest topic the masked sentences that got no answer, each with how often it was said, the most said first."""
    paren = []
    laatste: Dict[str, Any] = {}
    for gebeurtenis in rij:
        if gebeurtenis.get("event") == "user":
            laatste = gebeurtenis
        elif gebeurtenis.get("event") == "bot" and laatste.get("afzender") == gebeurtenis["afzender"] \
                and (gebeurtenis.get("metadata") or {}).get("utter_action") in NIET_BEGREPEN:
            gelezen = laatste.get("parse_data") or {}
            dichtbij = next((k["name"] for k in gelezen.get("intent_ranking", []) if k["name"] != "nlu_fallback"), "onbekend")
            paren.append((dichtbij, laatste.get("text")))
            laatste = {}
    return _geteld(paren)


def niet_geholpen(rij: Iterable[Dict[str, Any]]) -> Gevonden:
    """Per topic that was answered the masked sentences whose answer got a thumb down."""
    gezegd: Dict[Tuple[str, Any], Tuple[str, Optional[str]]] = {}
    paren = []
    for gebeurtenis in rij:
        wie = gebeurtenis["afzender"]
        if gebeurtenis.get("event") == "user":
            intent = ((gebeurtenis.get("parse_data") or {}).get("intent") or {}).get("name")
            gezegd[wie, gebeurtenis.get("message_id")] = intent or "onbekend", gebeurtenis.get("text")
        elif gebeurtenis.get("event") == "slot" and gebeurtenis.get("name") == "duim" and gebeurtenis.get("value"):
            # Taken out: a new session of the conversation sets its slots again.
            paar = gezegd.pop((wie, gebeurtenis["value"]["bericht"]), None)
            if paar and not gebeurtenis["value"]["nuttig"]:
                paren.append(paar)
    return _geteld(paren)


def _geteld(paren: Iterable[Tuple[str, Optional[str]]]) -> Gevonden:
    geteld: Dict[str, Dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for intent, zin in paren:
        if zin and zin.strip() and not zin.startswith("/"):  # a button says nothing of how people speak
            geteld[intent][zonder_gegevens(zin)] += 1
    return {intent: sorted(zinnen.items(), key=lambda paar: (-paar[1], paar[0])) for intent, zinnen in sorted(geteld.items())}


def als_yaml(begrepen: Gevonden, geholpen: Gevonden) -> str:
    """In the form of data/nlu: a sentence said more than once has its number in the comment above its list."""
    regels = ['version: "3.1"', "nlu:"]
    for soort, gevonden in (("niet begrepen, lijkt het meest op", begrepen), ("hielp niet, beantwoord als", geholpen)):
        for intent, zinnen in gevonden.items():
            regels += [f"# {soort} {intent}; vaker gezegd: "
                       + (", ".join(f"{n} keer '{z}'" for z, n in zinnen if n > 1) or "niets"),
                       f"- intent: {intent}", "  examples: |", *(f"    - {zin}" for zin, _ in zinnen)]
    return "\n".join(regels) + "\n"


def main(argv: List[str]) -> None:
    opties = argparse.ArgumentParser(prog="python -m tools.hear")
    opties.add_argument("--sinds", type=date.fromisoformat, help="only from this day, as 2026-11-01")
    keuze = opties.parse_args(argv)
    rij = list(gebeurtenissen(os.environ["OPNAME_GESPREKKEN"], keuze.sinds))
    print(als_yaml(niet_begrepen(rij), niet_geholpen(rij)), end="")


if __name__ == "__main__":
    main(sys.argv[1:])

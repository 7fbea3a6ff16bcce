"""Who answers requests: the directory of employees (setting OPNAME_MEDEWERKERS), and how a request finds one.

The file is a YAML list: {sub, naam, team, email?, functies?, leidinggevende?}. `sub` and `team` are those of the employee's token.
"""
from functools import lru_cache
from pathlib import Path
from typing import Iterable, List, NamedTuple, Optional, Tuple

import yaml

from protocol import instellingen
from protocol.instellingen import InstellingFout
from protocol.tekst import schoon

_VELDEN = {"sub", "naam", "team", "email", "functies", "leidinggevende"}


class Medewerker(NamedTuple):
    """One employee; `functies` are the words by which clients name the work ('verzekeringsarts')."""

    sub: str
    naam: str
    team: str
    email: Optional[str] = None
    functies: Tuple[str, ...] = ()
    leidinggevende: bool = False


class Bestemming(NamedTuple):
    """Where a request goes: to an employee, to the inbox of a team, or (both None) to the inbox of everyone."""

    medewerker: Optional[str] = None
    team: Optional[str] = None


@lru_cache(maxsize=4)
def _lees(bestand: Path, _versie: float) -> Tuple[Medewerker, ...]:
    rijen = yaml.safe_load(bestand.read_text("utf-8")) or []
    try:
        gelezen = []
        for rij in rijen:
            if set(rij) - _VELDEN:
                raise InstellingFout(f"OPNAME_MEDEWERKERS: unknown field {sorted(set(rij) - _VELDEN)} in {rij}")
            gelezen.append(Medewerker(str(rij["sub"]), str(rij["naam"]), str(rij["team"]), rij.get("email"),
                                      tuple(rij.get("functies", ())), rij.get("leidinggevende", False) is True))
    except (KeyError, TypeError) as fout:
        raise InstellingFout("OPNAME_MEDEWERKERS is not a list of {sub, naam, team, email?, functies?, leidinggevende?}.") from fout
    return tuple(gelezen)


def medewerkers() -> Tuple[Medewerker, ...]:
    """The directory, read again when its file changes; empty without the setting."""
    bestand = instellingen.medewerkersbestand()
    return _lees(bestand, bestand.stat().st_mtime) if bestand else ()


def bestemming(met_wie: Optional[str], lijst: Tuple[Medewerker, ...]) -> Bestemming:
    """Who gets a request for an appointment with `met_wie`, as the client named it.

    One employee when exactly one full name or else one surname fits; one team when only its people have the function.
    A doubt goes to an inbox, never to a guess.
    """
    gezegd = f" {schoon(met_wie or '')} "

    def passend(woorden) -> List[Medewerker]:
        return [m for m in lijst if any(f" {schoon(w)} " in gezegd for w in woorden(m))]

    for woorden in (lambda m: [m.naam], lambda m: [schoon(m.naam).split(" ", 1)[-1]]):
        gevonden = passend(woorden)
        if len(gevonden) == 1:
            return Bestemming(gevonden[0].sub, gevonden[0].team)
    teams = {m.team for m in passend(lambda m: m.functies)}
    return Bestemming(team=teams.pop()) if len(teams) == 1 else Bestemming()


def login(naam: Optional[str], lijst: Iterable[Medewerker]) -> Optional[str]:
    """The `sub` of the one employee who is meant by a login, a full name or a surname; None when none or several are."""
    gezegd = schoon(naam or "")
    namen = (lambda m: m.sub, lambda m: m.naam, lambda m: m.naam.split(" ", 1)[-1])
    for woord in namen:
        gevonden = [m for m in lijst if gezegd and schoon(woord(m)) == gezegd]
        if len(gevonden) == 1:
            return gevonden[0].sub
    return None


def te_verwittigen(doel: Bestemming, lijst: Tuple[Medewerker, ...]) -> List[Medewerker]:
    """Who is told about a request, as far as the directory has an address: its employee, else its whole team."""
    return [m for m in lijst if m.email and (m.sub == doel.medewerker if doel.medewerker else m.team == doel.team)]


def leidinggevenden(team: Optional[str], lijst: Tuple[Medewerker, ...]) -> List[Medewerker]:
    """Who leads a team, as far as the directory has an address; without a team (the inbox of everyone) all who lead."""
    return [m for m in lijst if m.leidinggevende and m.email and team in (None, m.team)]

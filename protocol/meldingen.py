"""Reported misuse of a recording (R29-R43): what a report holds, how the memo names it, and the steps that follow.

`python -m protocol.meldingen` prints the steps as a diagram for the README.
"""
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import FrozenSet, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from protocol.medewerkers import Medewerker, login
from protocol.toegang import LEIDINGGEVENDE, MEDEWERKER, Spreker
from protocol.verzoeken import _TEKENS as TEKENS
from protocol.verzoeken import nieuwe_referentie as _bo_referentie

# What happened, as the reporter knows it.
OPENBAAR, GROEP, DREIGING, NIET_OPENBAAR, ONBEKEND = "openbaar", "groep", "dreiging", "niet_openbaar", "onbekend"
SOORTEN = (OPENBAAR, GROEP, DREIGING, NIET_OPENBAAR, ONBEKEND)
GELUID, BEELD = "geluid", "beeld"
OPNAMEN = (GELUID, BEELD, ONBEKEND)
# Who made it public, or would.
CLIENT, ANONIEM, DERDE = "client", "anoniem", "derde"
PLAATSERS = (CLIENT, ANONIEM, DERDE, ONBEKEND)
IK, COLLEGA = "ik", "collega"
JA, NEE = "ja", "nee"

# The states of a case.
NIEUW, AFGESTEMD, GEVRAAGD, GESLOTEN = "nieuw", "afgestemd", "verwijdering_gevraagd", "gesloten"
VERWIJDERD, NIET_VERWIJDERD, ONDUIDELIJK = "verwijderd", "niet_verwijderd", "verwijdering_onbekend"
AANGIFTE_GEDAAN, GEWOGEN, BESLOTEN = "aangifte_gedaan", "gewogen", "maatregelen_bepaald"
TOESTANDEN = (NIEUW, AFGESTEMD, GEVRAAGD, VERWIJDERD, NIET_VERWIJDERD, ONDUIDELIJK, AANGIFTE_GEDAAN, GEWOGEN, BESLOTEN,
              GESLOTEN)
OPEN: FrozenSet[str] = frozenset(TOESTANDEN) - {GESLOTEN}
# The kind of notice by which a manager hears of a new report (protocol/berichten.yml).
SOORT = "melding"
# Entry of the history that is no step of the memo: a manager takes a case that had none.
OVERGENOMEN = "overgenomen"


@dataclass(frozen=True)
class Melding:
    """One report and its case. `gemeld_op` is aware (UTC).

    Persons are the `sub` of their token where it is known, else the words of the reporter. `sleutel` identifies the
    filled-in form; `versie` counts the changes, for two who write at once.
    """

    sleutel: str
    gemeld_op: datetime
    melder: str
    wie: str
    soort: str
    opname: str
    waar: Optional[str]
    gezien: Optional[str]
    bewerkt: str
    plaatser: str
    betrokkene: Optional[str]
    team: Optional[str]
    leidinggevende: Optional[str]
    verteld: str
    veiligheid: Optional[str]
    veiligheid_cijfer: Optional[int]
    bewaard: str
    toestand: str = NIEUW
    versie: int = 0
    referentie: str = ""


class Gedaan(NamedTuple):
    """An entry of the append-only history of a case."""

    stap: str
    toestand: str
    door: str
    op: datetime
    reden: Optional[str]
    notitie: Optional[str]


class Stap(NamedTuple):
    """A step: the state it leads to (None: unchanged), from which states it is next, and where the memo says so.

    `na` holds when a client is known to have made the recording public, the only course that the memo describes;
    `na_stil` in every other case. `stil` are the silent spots that the step runs into.
    """

    naar: Optional[str]
    na: FrozenSet[str]
    na_stil: FrozenSet[str]
    bron: Tuple[str, ...]
    stil: Tuple[str, ...] = ()


def _uit(*toestanden: str) -> FrozenSet[str]:
    return frozenset(toestanden)


STAPPEN: Mapping[str, Stap] = {
    "afgestemd": Stap(AFGESTEMD, _uit(NIEUW), _uit(NIEUW), ("R30", "R31")),
    "verwijderverzoek": Stap(GEVRAAGD, _uit(AFGESTEMD), _uit(), ("R35",), ("S24",)),
    "verwijderd": Stap(VERWIJDERD, _uit(GEVRAAGD, ONDUIDELIJK, NIET_VERWIJDERD), _uit(), ("R35",), ("S24",)),
    "niet_verwijderd": Stap(NIET_VERWIJDERD, _uit(GEVRAAGD, ONDUIDELIJK), _uit(), ("R35", "R36"), ("S24",)),
    "verwijdering_onbekend": Stap(ONDUIDELIJK, _uit(GEVRAAGD), _uit(), ("R35",), ("S24",)),
    "aangifte": Stap(AANGIFTE_GEDAAN, _uit(NIET_VERWIJDERD), _uit(), ("R36", "R37", "R38")),
    "agressie": Stap(GEWOGEN, _uit(VERWIJDERD, AANGIFTE_GEDAAN, ONDUIDELIJK), _uit(), ("R39", "R40", "R41"), ("S29",)),
    "maatregelen": Stap(BESLOTEN, _uit(GEWOGEN), _uit(AFGESTEMD, GEWOGEN), ("R40", "R42")),
    "juridische_zaken": Stap(None, OPEN, OPEN, ("R43",)),
    "gesloten": Stap(GESLOTEN, _uit(BESLOTEN), _uit(BESLOTEN), ("R30", "R42")),
    "heropend": Stap(AFGESTEMD, _uit(GESLOTEN), _uit(GESLOTEN), ("R30",), ("S24",)),
}

# Verdicts on a step.
VOLGORDE, MET_REDEN, GEWEIGERD = "volgorde", "met_reden", "geweigerd"


class Keuring(NamedTuple):
    """The verdict on a step; `reden` is why it is refused or what is unusual about it."""

    oordeel: str
    reden: str = ""


def volgens_protocol(melding: Melding) -> bool:
    """Whether the memo describes the course: a client made the recording public (R32), altered or not (R34)."""
    return melding.soort == OPENBAAR and melding.plaatser == CLIENT


def keur(melding: Melding, stap: str) -> Keuring:
    """Whether a step can be taken now. Life may ask for another order, so most steps can, with a reason."""
    regel = STAPPEN[stap]
    if melding.toestand == GESLOTEN and stap != "heropend":
        return Keuring(GEWEIGERD, "gesloten")
    if melding.toestand != GESLOTEN and stap == "heropend":
        return Keuring(GEWEIGERD, "niet_gesloten")
    if regel.naar == melding.toestand:
        return Keuring(GEWEIGERD, "al_zo")
    if stap == "afgestemd" and melding.toestand != NIEUW:
        return Keuring(GEWEIGERD, "al_begonnen")
    if melding.toestand in (regel.na if volgens_protocol(melding) else regel.na_stil):
        return Keuring(VOLGORDE)
    if not volgens_protocol(melding) and not regel.na_stil:
        return Keuring(MET_REDEN, "memo_stil")
    return Keuring(MET_REDEN, "volgorde")


def volgende_stappen(melding: Melding) -> Tuple[str, ...]:
    """The steps that are next now, in the order of the memo; consulting Juridische Zaken is always among them."""
    return tuple(stap for stap in STAPPEN if keur(melding, stap).oordeel == VOLGORDE)


def duiding(melding: Melding) -> str:
    """What the memo does and does not say about what was reported: the name of its explanation."""
    if melding.soort == OPENBAAR:
        if melding.plaatser == CLIENT:
            return "bewerkt" if melding.bewerkt == JA else "oneigenlijk"
        return {DERDE: "derde"}.get(melding.plaatser, "anoniem")
    if melding.soort == NIET_OPENBAAR:
        return {BEELD: "beeld_niet_openbaar", GELUID: "geluid_niet_openbaar"}.get(melding.opname, "niet_openbaar")
    return melding.soort


def _gelijk(een: Optional[str], ander: Optional[str]) -> bool:
    return bool(een and ander) and " ".join(een.casefold().split()) == " ".join(ander.casefold().split())


def is_betrokkene(melding: Melding, spreker: Spreker) -> bool:
    """Whether the speaker is the affected employee."""
    return spreker.rol in (MEDEWERKER, LEIDINGGEVENDE) and _gelijk(melding.betrokkene, spreker.sub)


def mag_bijwerken(melding: Melding, spreker: Spreker) -> bool:
    """Whether the speaker is the manager of the affected employee (R30), by name or by team; nobody is one's own."""
    return spreker.rol == LEIDINGGEVENDE and not is_betrokkene(melding, spreker) and (
        _gelijk(melding.leidinggevende, spreker.sub) or (not melding.leidinggevende and _gelijk(melding.team, spreker.team)))


def mag_inzien(melding: Melding, spreker: Spreker) -> bool:
    """Whether the speaker may see the case: the affected employee and the manager, nobody else."""
    return is_betrokkene(melding, spreker) or mag_bijwerken(melding, spreker)


def met_logins(melding: Melding, lijst: Sequence[Medewerker]) -> Melding:
    """The report with logins for the names that the directory knows; a manager is looked for among those who lead."""
    leiding = [m for m in lijst if m.leidinggevende]
    return replace(melding, betrokkene=login(melding.betrokkene, lijst) or melding.betrokkene,
                   leidinggevende=login(melding.leidinggevende, leiding) or melding.leidinggevende)


def leiding_onbekend(melding: Melding, lijst: Sequence[Medewerker]) -> bool:
    """Whether nobody who can log in is known to be the manager: none was named, or a name that the directory has not."""
    if melding.leidinggevende:
        return bool(lijst) and login(melding.leidinggevende, [m for m in lijst if m.leidinggevende]) is None
    return not melding.team


def mag_overnemen(melding: Melding, spreker: Spreker, lijst: Sequence[Medewerker]) -> bool:
    """Whether a manager may say to be the responsible one: nobody who can log in is known to be."""
    return (spreker.rol == LEIDINGGEVENDE and bool(spreker.sub) and not is_betrokkene(melding, spreker)
            and leiding_onbekend(melding, lijst))


def te_verwittigen(melding: Melding, lijst: Iterable[Medewerker]) -> List[Medewerker]:
    """Who is told of a new report, as far as the directory has an address: its manager, unless that is the reporter."""
    return [m for m in lijst if m.leidinggevende and m.email and not _gelijk(m.sub, melding.melder)
            and mag_bijwerken(melding, Spreker(LEIDINGGEVENDE, m.sub, m.team))]


def nieuwe_referentie() -> str:
    """A reference such as 'MB-7KQ3-M9TX-4HPW', as random as that of a request."""
    return "MB" + _bo_referentie()[2:]


def lees_referentie(tekst: str) -> Optional[str]:
    """The reference of a case in a text, however it is spaced or cased, or None."""
    gevonden = re.search(r"\bMB((?:[\s\-–.]*[" + TEKENS + r"]){12})(?![A-Z0-9])", tekst.upper())
    if not gevonden:
        return None
    tekens = "".join(t for t in gevonden.group(1) if t in TEKENS)
    return f"MB-{tekens[:4]}-{tekens[4:8]}-{tekens[8:]}"


def diagram() -> str:
    """The steps in the order of the memo, as a Mermaid state diagram."""
    regels = ["stateDiagram-v2", f"    [*] --> {NIEUW}"]
    for naam, stap in STAPPEN.items():
        if stap.naar:
            regels += [f"    {van} --> {stap.naar}: {naam} ({', '.join(stap.bron + stap.stil)})"
                       for van in TOESTANDEN if van in stap.na]
    return "\n".join([*regels, f"    {GESLOTEN} --> [*]"])


if __name__ == "__main__":
    print(diagram())

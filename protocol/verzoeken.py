"""A client's request to make a video recording (R17-R20): what it holds, its states and the steps between them.

`python -m protocol.verzoeken --diagram` draws the steps as a Mermaid state diagram.
"""
import re
import secrets
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, FrozenSet, Mapping, NamedTuple, Optional, Tuple

from protocol.toegang import HANDELINGEN, KLANT, KLANTCONTACT, LEIDINGGEVENDE, Spreker

# Without I, L, O, 0 and 1: a reference is read aloud over the telephone.
_TEKENS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

KANTOOR, BEELDBELLEN, HUISBEZOEK = "kantoor", "beeldbellen", "huisbezoek"
# How a request came in (R18). By telephone it is recorded by an agent, on behalf of the client.
CHAT, TELEFOON = "chat", "telefoon"
ONTVANGEN, IN_BEHANDELING = "ontvangen", "in behandeling"
INSTEMMING, GEEN_INSTEMMING, ANDERE_OPLOSSING = "instemming", "geen instemming", "andere oplossing"
INGETROKKEN, VERLOPEN = "ingetrokken", "verlopen"
TOESTANDEN = (ONTVANGEN, IN_BEHANDELING, INSTEMMING, GEEN_INSTEMMING, ANDERE_OPLOSSING, INGETROKKEN, VERLOPEN)
OPEN = (ONTVANGEN, IN_BEHANDELING)
BEANTWOORD = (INSTEMMING, GEEN_INSTEMMING, ANDERE_OPLOSSING)

DOEN, NEMEN, OVERNEMEN, CONTACT = "doen", "nemen", "overnemen", "contact vastleggen"
INSTEMMEN, NIET_INSTEMMEN, ANDERS = "instemmen", "niet instemmen", "andere oplossing bieden"
WIJZIGEN, CONTACT_WIJZIGEN, INTREKKEN, VERLOPEN_LATEN = "wijzigen", "contact wijzigen", "intrekken", "verlopen"
ANTWOORDEN = {INSTEMMEN: INSTEMMING, NIET_INSTEMMEN: GEEN_INSTEMMING, ANDERS: ANDERE_OPLOSSING}
# The assistant itself, for what happens by the calendar.
SYSTEEM = "systeem"

# What can be offered instead (R19); a text of one's own is the fourth.
OPLOSSINGEN = ("geluid", "ander moment", "schriftelijk")


class Stap(NamedTuple):
    """One allowed step: from a state, by whom, to a state."""

    van: str
    naam: str
    naar: str
    rollen: FrozenSet[str]


_NEEMT, _ANTWOORDT = HANDELINGEN["verzoek_nemen"], HANDELINGEN["verzoek_beantwoorden"]
STAPPEN: Tuple[Stap, ...] = (
    Stap(ONTVANGEN, NEMEN, IN_BEHANDELING, _NEEMT),
    *(Stap(van, OVERNEMEN, IN_BEHANDELING, HANDELINGEN["verzoek_overnemen"]) for van in OPEN),
    Stap(IN_BEHANDELING, CONTACT, IN_BEHANDELING, HANDELINGEN["contact_vastleggen"]),
    # An answer given by mistake can be put right; the memo is silent on whether consent may change (S11).
    *(Stap(van, naam, naar, _ANTWOORDT) for van in (IN_BEHANDELING, *BEANTWOORD)
      for naam, naar in ANTWOORDEN.items() if van != naar),
    # An answer was given for one appointment: when that moves, an employee looks again.
    *(Stap(van, WIJZIGEN, ONTVANGEN if van == ONTVANGEN else IN_BEHANDELING, HANDELINGEN["verzoek_wijzigen"])
      for van in (*OPEN, *BEANTWOORD)),
    *(Stap(van, CONTACT_WIJZIGEN, van, HANDELINGEN["verzoek_wijzigen"]) for van in (*OPEN, *BEANTWOORD)),
    *(Stap(van, INTREKKEN, INGETROKKEN, HANDELINGEN["verzoek_intrekken"])
      for van in (*OPEN, INSTEMMING, ANDERE_OPLOSSING)),
    *(Stap(van, VERLOPEN_LATEN, VERLOPEN, frozenset({SYSTEEM})) for van in OPEN),
)


class Weigering(Exception):
    """A step that is not allowed. `antwoord` names the response that says why, `gegevens` are its variables.

    Reasons: onbekend (no such request for this speaker), rol, toestand, voorbij (the appointment is over), al_van_u,
    van_ander (a colleague has it), niet_genomen, gewijzigd (it changed since it was read).
    """

    def __init__(self, reden: str, **gegevens: str):
        super().__init__(f"step refused: {reden}")
        self.reden, self.gegevens, self.antwoord = reden, gegevens, f"utter_geweigerd_{reden}"


@dataclass(frozen=True)
class Verzoek:
    """One request. `ontvangen_op` is aware (UTC); the appointment is wall clock in Europe/Amsterdam.

    `sleutel` identifies the filled-in form, so that the same form can be stored only once.
    `vastgelegd_door` is the subject of the agent who recorded it; `naam` is always the client.
    """

    sleutel: str
    ontvangen_op: datetime
    afspraak_datum: date
    afspraak_tijd: Optional[time]
    gesprekssoort: str
    plaats: Optional[str]
    met_wie: Optional[str]
    naam: str
    contact: str
    bijzonderheden: Optional[str]
    laatste_dag: date
    oordeel: str
    kanaal: str = CHAT
    vastgelegd_door: Optional[str] = None
    toestand: str = ONTVANGEN
    referentie: str = ""
    # Who answers it (sub of the token) and for which team; both None is the inbox of everyone.
    medewerker: Optional[str] = None
    team: Optional[str] = None
    # The answer: what is offered instead, and the employee's words for the client.
    oplossing: Optional[str] = None
    toelichting: Optional[str] = None
    # Counts the steps; a writer names the one it read.
    versie: int = 1


class Gebeurtenis(NamedTuple):
    """One line of a request's history: who did what, when (UTC), and the values before and after."""

    op: datetime
    rol: str
    sub: Optional[str]
    stap: str
    van: Optional[str]
    naar: str
    oud: Mapping[str, Any]
    nieuw: Mapping[str, Any]
    toelichting: Optional[str]


def ligt_voor(verzoek: Verzoek, nu: datetime) -> bool:
    """Whether the appointment is still to come: its day counts until its hour, or whole when that is not known."""
    wanneer, vandaag = verzoek.afspraak_datum, nu.date()
    return wanneer > vandaag or (wanneer == vandaag and (verzoek.afspraak_tijd or time.max) > nu.time())


def mag_zien(verzoek: Verzoek, spreker: Spreker) -> bool:
    """Whether an employee has this request: the own ones and the inbox; a leidinggevende has the whole team."""
    if spreker.rol not in HANDELINGEN["open_verzoeken"]:
        return False
    if verzoek.medewerker == spreker.sub:
        return True
    eigen_team = verzoek.team is not None and verzoek.team == spreker.team
    if spreker.rol == LEIDINGGEVENDE and eigen_team:
        return True
    return verzoek.medewerker is None and (verzoek.team is None or eigen_team)


def keur_rol(stap: str, rol: str) -> None:
    """Raises `Weigering` when a role may take this step from no state at all."""
    if not any(s.naam == stap and rol in s.rollen for s in STAPPEN):
        raise Weigering("rol")


def volgende_toestand(toestand: str, stap: str, rol: str) -> str:
    """The state after a step. Raises `Weigering` when the table has no such step from here or for this role."""
    keur_rol(stap, rol)
    for s in STAPPEN:
        if (s.van, s.naam) == (toestand, stap) and rol in s.rollen:
            return s.naar
    raise Weigering("toestand", toestand=toestand)


def keur_stap(verzoek: Verzoek, stap: str, spreker: Spreker, nu: datetime) -> str:
    """The state after the step, `nu` in Europe/Amsterdam. Raises `Weigering`.

    The client may act until the hour of the appointment, an employee on its whole day. That a client is who it says
    is checked before (protocol.statusvraag).
    """
    keur_rol(stap, spreker.rol)
    klant = spreker.rol in (KLANT, KLANTCONTACT)
    van_ander = verzoek.medewerker not in (None, spreker.sub)
    if stap == NEMEN and van_ander and verzoek.toestand in OPEN:
        raise Weigering("van_ander")  # it stood in the inbox a moment ago: whoever was too late hears why
    if not klant and spreker.rol != SYSTEEM and not mag_zien(verzoek, spreker):
        raise Weigering("onbekend")
    if stap in (NEMEN, OVERNEMEN) and verzoek.toestand in OPEN:
        if verzoek.medewerker == spreker.sub and (stap == OVERNEMEN or verzoek.toestand == IN_BEHANDELING):
            raise Weigering("al_van_u")
    elif stap in (CONTACT, *ANTWOORDEN) and verzoek.toestand in (*OPEN, *BEANTWOORD):
        if van_ander:
            raise Weigering("van_ander")
        if verzoek.toestand == ONTVANGEN:
            raise Weigering("niet_genomen")
    naar = volgende_toestand(verzoek.toestand, stap, spreker.rol)
    if spreker.rol != SYSTEEM and not (ligt_voor(verzoek, nu) if klant else verzoek.afspraak_datum >= nu.date()):
        raise Weigering("voorbij")
    return naar


def nieuwe_referentie() -> str:
    """A reference such as 'BO-7KQ3-M9TX-4HPW': 12 random characters (59 bits), so it cannot be guessed."""
    tekens = "".join(secrets.choice(_TEKENS) for _ in range(12))
    return f"BO-{tekens[:4]}-{tekens[4:8]}-{tekens[8:]}"


def lees_referentie(tekst: str) -> Optional[str]:
    """The reference in a text, however it is spaced or cased, or None."""
    gevonden = re.search(r"\bBO((?:[\s\-–.]*[" + _TEKENS + r"]){12})(?![A-Z0-9])", tekst.upper())
    if not gevonden:
        return None
    tekens = "".join(t for t in gevonden.group(1) if t in _TEKENS)
    return f"BO-{tekens[:4]}-{tekens[4:8]}-{tekens[8:]}"


def diagram() -> str:
    """The states and steps as a Mermaid state diagram."""
    namen = {toestand: toestand.replace(" ", "_") for toestand in TOESTANDEN}
    regels = ["stateDiagram-v2"] + [f'    state "{t}" as {n}' for t, n in namen.items() if t != n]
    regels.append(f"    [*] --> {namen[ONTVANGEN]}: {DOEN}")
    pijlen = {}
    for s in STAPPEN:
        pijlen.setdefault((s.van, s.naar), []).append(s.naam)
    regels += [f"    {namen[van]} --> {namen[naar]}: {', '.join(stappen)}" for (van, naar), stappen in pijlen.items()]
    regels += [f"    {namen[t]} --> [*]" for t in TOESTANDEN if not any(s.van == t for s in STAPPEN)]
    return "\n".join(regels)


if __name__ == "__main__":
    if sys.argv[1:] != ["--diagram"]:
        sys.exit("usage: python -m protocol.verzoeken --diagram")
    print(diagram())

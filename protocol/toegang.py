"""Which role may do what: the one table. The role comes from a verified token and from nothing else."""
from typing import FrozenSet, Mapping, NamedTuple, Optional

KLANT, MEDEWERKER, LEIDINGGEVENDE, KLANTCONTACT = "klant", "medewerker", "leidinggevende", "klantcontact"
ROLLEN = (KLANT, MEDEWERKER, LEIDINGGEVENDE, KLANTCONTACT)
IEDEREEN: FrozenSet[str] = frozenset(ROLLEN)

# What can be done -> who may do it. What is not named here may be asked by everyone: the rules are public.
HANDELINGEN: Mapping[str, FrozenSet[str]] = {
    "verzoek_doen": frozenset({KLANT, KLANTCONTACT}),
    "verzoek_status": frozenset({KLANT, KLANTCONTACT}),
    "melding_doen": frozenset({MEDEWERKER, LEIDINGGEVENDE}),
    "zaak_bekijken": frozenset({MEDEWERKER, LEIDINGGEVENDE}),
    "zaak_bijwerken": frozenset({LEIDINGGEVENDE}),
    "concept_vragen": frozenset({LEIDINGGEVENDE}),
    "meldingen_cijfers": frozenset({LEIDINGGEVENDE}),
}


class Spreker(NamedTuple):
    """Who is speaking: the claims of the verified token, or a client without one."""

    rol: str = KLANT
    sub: Optional[str] = None
    team: Optional[str] = None


def mag(rol: str, handeling: str) -> bool:
    """Whether a role may do something. An unknown role may do nothing that is in the table."""
    return rol in HANDELINGEN.get(handeling, IEDEREEN)

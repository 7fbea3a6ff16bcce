"""Which role may do what: the one table. The role comes from a verified token and from nothing else."""
from typing import FrozenSet, Mapping, NamedTuple, Optional

KLANT, MEDEWERKER, LEIDINGGEVENDE, KLANTCONTACT = "klant", "medewerker", "leidinggevende", "klantcontact"
ROLLEN = (KLANT, MEDEWERKER, LEIDINGGEVENDE, KLANTCONTACT)
IEDEREEN: FrozenSet[str] = frozenset(ROLLEN)
_AANVRAGER, _BEHANDELAAR = frozenset({KLANT, KLANTCONTACT}), frozenset({MEDEWERKER, LEIDINGGEVENDE})

# What can be done -> who may do it. What is not named here may be asked by everyone: the rules are public.
HANDELINGEN: Mapping[str, FrozenSet[str]] = {
    "melding_doen": frozenset({MEDEWERKER, LEIDINGGEVENDE}),
    "zaak_bekijken": frozenset({MEDEWERKER, LEIDINGGEVENDE}),
    "zaak_bijwerken": frozenset({LEIDINGGEVENDE}),
    "concept_vragen": frozenset({LEIDINGGEVENDE}),
    "meldingen_cijfers": frozenset({LEIDINGGEVENDE}),
    "verzoek_doen": _AANVRAGER,
    "verzoek_status": _AANVRAGER,
    "verzoek_wijzigen": _AANVRAGER,
    "verzoek_intrekken": _AANVRAGER,
    # The own requests and those of the team inbox; a leidinggevende has those of the whole own team.
    "open_verzoeken": _BEHANDELAAR,
    "verzoek_nemen": _BEHANDELAAR,
    "verzoek_overnemen": frozenset({LEIDINGGEVENDE}),
    "contact_vastleggen": _BEHANDELAAR,
    "verzoek_beantwoorden": _BEHANDELAAR,
    "verzoek_geschiedenis": _BEHANDELAAR,
}


class Spreker(NamedTuple):
    """Who is speaking: the claims of the verified token, or a client without one."""

    rol: str = KLANT
    sub: Optional[str] = None
    team: Optional[str] = None


def mag(rol: str, handeling: str) -> bool:
    """Whether a role may do something. An unknown role may do nothing that is in the table."""
    return rol in HANDELINGEN.get(handeling, IEDEREEN)

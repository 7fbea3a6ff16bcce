"""Reminders: a request whose appointment is near and that nobody has answered (also a leidinggevende hears of it)."""
from datetime import date, datetime
from typing import Iterable

from protocol import instellingen, medewerkers, werkdagen
from protocol.opslag import Opslag
from protocol.verzoeken import OPEN, Verzoek

SOORT = "herinnering"
# Working days before the appointment from which an unanswered request is urgent.
DRINGEND = 2


def dringend(verzoek: Verzoek, vandaag: date, sluitingsdagen: Iterable[date] = ()) -> bool:
    """Whether an answer is wanted now: unanswered, and the appointment at most `DRINGEND` working days away."""
    return (verzoek.toestand in OPEN and verzoek.afspraak_datum >= vandaag
            and werkdagen.werkdagen_tot(verzoek.afspraak_datum, vandaag, sluitingsdagen) <= DRINGEND)


def herinner(opslag: Opslag, nu: datetime) -> int:
    """Put a reminder of each urgent request in the outbox, for its employee or team and who leads them; how many.

    Once per request, date of the appointment and person, however often this runs.
    """
    lijst, sluitingsdagen, aantal = medewerkers.medewerkers(), instellingen.sluitingsdagen(), 0
    for verzoek in opslag.alle_open(nu):
        if not dringend(verzoek, nu.date(), sluitingsdagen):
            continue
        doel = medewerkers.Bestemming(verzoek.medewerker, verzoek.team)
        for wie in {*medewerkers.te_verwittigen(doel, lijst), *medewerkers.leidinggevenden(verzoek.team, lijst)}:
            sleutel = f"{verzoek.referentie}/{SOORT}/{verzoek.afspraak_datum}/{wie.sub}"
            aantal += opslag.zet_in_outbox(sleutel, wie.email, SOORT, {
                "referentie": verzoek.referentie, "afspraak_datum": verzoek.afspraak_datum}, nu)
    return aantal

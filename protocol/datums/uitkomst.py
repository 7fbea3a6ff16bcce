"""What the date reader answers, and how the assistant writes a date and a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Optional, Tuple, Union


class Reden(str, Enum):
    """The closed list of reasons. The dialogue has words for each of them."""

    # certain answers
    GELEZEN = "gelezen"                                    # nothing had to be assumed
    JAAR_AANGENOMEN = "jaar_aangenomen"                    # the day has passed: next year, say it aloud
    MAAND_AANGENOMEN = "maand_aangenomen"                  # "de 12e" has passed: next month
    CORRECTIE = "correctie"                                # the wrong one was named first
    # questions about the date
    VANDAAG_OF_OVER_EEN_WEEK = "vandaag_of_over_een_week"  # a bare weekday, said on that weekday
    VOLGENDE_TWEE_LEZINGEN = "volgende_twee_lezingen"      # "volgende dinsdag", "vorige dinsdag"
    WEEK_TWEE_LEZINGEN = "week_twee_lezingen"              # "over 2 weken op dinsdag", "komende week dinsdag"
    DEZE_IS_VOORBIJ = "deze_is_voorbij"                    # "deze maandag", said on a Thursday
    WEEKDAG_SPREEKT_TEGEN = "weekdag_spreekt_tegen"        # the weekday does not belong to the date
    VERLEDEN_OF_VOLGEND_JAAR = "verleden_of_volgend_jaar"  # weekday and date fit this year's day, which has passed
    TWEE_DATUMS = "twee_datums"                            # more than one date
    PERIODE = "periode"                                    # "van 3 tot 5 maart"
    ONBESTAAND = "onbestaand"                              # 30 februari
    VAAG = "vaag"                                          # begin mei, na de kerst, volgende maand
    ALLEEN_AFKORTING = "alleen_afkorting"                  # the whole message is "do" or "zo"
    ALLEEN_GETAL = "alleen_getal"                          # "op 15": the fifteenth?
    ONTKEND = "ontkend"                                    # "niet op dinsdag", and no other day
    DATUM_OF_TIJD = "datum_of_tijd"                        # "dinsdag 8.12"
    # questions about the time
    TWEE_TIJDEN = "twee_tijden"                            # more than one time
    TIJDVAK = "tijdvak"                                    # tussen 2 en 3, na 15.00 uur
    DAGDEEL_SPREEKT_TEGEN = "dagdeel_spreekt_tegen"        # 's ochtends om 15.00 uur
    TIJD_ONTKEND = "tijd_ontkend"                          # "niet om 3 uur", and no other time
    MIDDERNACHT = "middernacht"                            # 24.00 uur, vannacht om 3 uur: of which day?
    # nothing to answer
    GEEN = "geen"                                          # no date and no time
    ALLEEN_DAGDEEL = "alleen_dagdeel"                      # only "'s middags"
    TE_LANG = "te_lang"                                    # longer than an appointment can be said
    GEEN_TEKST = "geen_tekst"                              # the input is not text

    def __str__(self) -> str:
        return self.value


#: Reasons that ask about the time; every other question is about the date.
TIJDVRAGEN = frozenset({Reden.TWEE_TIJDEN, Reden.TIJDVAK, Reden.DAGDEEL_SPREEKT_TEGEN,
                        Reden.TIJD_ONTKEND, Reden.MIDDERNACHT})


@dataclass(frozen=True)
class Uitkomst:
    """One answer. On a question about the date, a clear `time` is kept; and the other way round."""

    outcome: str                                           # date, datetime, time, ask, none
    date: Optional[date] = None
    time: Optional[time] = None
    candidates: Tuple[Union[date, time], ...] = ()
    reason: Reden = Reden.GEEN
    dagdeel: Optional[str] = None                          # ochtend, middag, avond, nacht
    binnen: Optional[Tuple[date, date]] = None             # a vague stretch: first and last day, where it has them

    @property
    def jaar_aangenomen(self) -> bool:
        """A day and month that has passed was taken as next year: say so aloud."""
        return self.reason is Reden.JAAR_AANGENOMEN

    @property
    def vraagt_tijd(self) -> bool:
        """The question is about the time, not about the date."""
        return self.outcome == "ask" and self.reason in TIJDVRAGEN

    @property
    def buiten_kantooruren(self) -> bool:
        """A time that was written out and lies outside 07:00-18:59."""
        return self.time is not None and not 7 <= self.time.hour < 19

    def als_dict(self) -> dict:
        """The line of the outside contract."""
        return {
            "outcome": self.outcome,
            "date": self.date.isoformat() if self.date else None,
            "time": self.time.strftime("%H:%M") if self.time else None,
            "candidates": [c.strftime("%H:%M") if isinstance(c, time) else c.isoformat() for c in self.candidates],
            "reason": str(self.reason),
        }


WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli",
           "augustus", "september", "oktober", "november", "december")


def schrijf_datum(dag: date) -> str:
    """dinsdag 8 december 2026"""
    return f"{WEEKDAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year:04d}"


def schrijf_kort(d: date) -> str:
    """'di 8 dec': for a count on one line."""
    return f"{WEEKDAGEN[d.weekday()][:2]} {d.day} {MAANDEN[d.month - 1][:3]}"


def schrijf_tijd(tijd: time) -> str:
    """14.30 uur"""
    return f"{tijd.hour}.{tijd.minute:02d} uur"

"""Dutch appointment dates: a text and the moment of asking in, one answer out. Pure Python, no model."""

from .lezer import Correctie, lees, lees_correctie
from .uitkomst import MAANDEN, TIJDVRAGEN, WEEKDAGEN, Reden, Uitkomst, schrijf_datum, schrijf_kort, schrijf_tijd

__all__ = ["Correctie", "MAANDEN", "Reden", "TIJDVRAGEN", "Uitkomst", "WEEKDAGEN", "lees", "lees_correctie",
           "schrijf_datum", "schrijf_kort", "schrijf_tijd"]

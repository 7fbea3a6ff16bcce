"""Personal numbers are taken out of a message before anything stores or logs it."""
import re

from stdnum import iban
from stdnum.nl import bsn

BSN, REKENING = "[BSN weggelaten]", "[rekeningnummer weggelaten]"
_NEGEN_CIJFERS = re.compile(r"(?<![\d+])(?<!\d[ .\-])\d(?:[ .\-]?\d){8}(?![ .\-]?\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")


def maskeer(tekst: str) -> str:
    """The text without BSN (nine digits that pass the eleven-test) and bank account numbers (valid IBAN)."""
    tekst = _IBAN.sub(lambda m: REKENING if iban.is_valid(m[0]) else m[0], tekst)
    return _NEGEN_CIJFERS.sub(lambda m: BSN if bsn.is_valid(re.sub(r"\D", "", m[0])) else m[0], tekst)

"""Personal data is taken out of a message before anything stores or logs it.

Two kinds: what the assistant never needs (BSN, bank account, payment card) is left out for good by `maskeer`; what a
request may need (telephone number, e-mail address, postal code with house number) is only hidden by `scherm_af`, and
the words themselves travel encrypted (protocol.versleutelen).
"""
import re

import phonenumbers
from stdnum import iban, luhn
from stdnum.nl import bsn

BSN, REKENING, KAART = "[BSN weggelaten]", "[rekeningnummer weggelaten]", "[kaartnummer weggelaten]"
# Plainly nobody's, and the classifier takes them for what they stand for.
TELEFOON, EMAIL, ADRES = "06 00000000", "naam@voorbeeld.nl", "1000 AA 1"
_NEGEN_CIJFERS = re.compile(r"(?<![\d+])(?<!\d[ .\-])\d(?:[ .\-]?\d){8}(?![ .\-]?\d)")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b")
_KAART = re.compile(r"(?<![\d+])(?<!\d[ .\-])[2-6](?:[ .\-]?\d){12,18}(?![ .\-]?\d)")
_EMAIL = re.compile(r"[\w.!#$%&*+=?^{|}~-]+@[\w-]+(?:\.[\w-]+)+")
# "1234 AB 12", "1234AB, nummer 12 bis", and the house number in front: "Dorpsstraat 12a, 1234 AB".
_POSTCODE = r"[1-9]\d{3} ?[A-Za-z]{2}"
_ADRES = re.compile(
    rf"(?<![\w.]){_POSTCODE}(?![\w@])(?:\s*,)?\s*(?:(?:huis)?(?:nummer|nr\.?)\s*)?\d{{1,5}}(?:[ -]?(?:[A-Za-z]|bis|\d{{1,3}}))?(?!\w)"
    rf"|(?<![\w.])\d{{1,5}} ?[A-Za-z]?(?:[ -](?:bis|\d{{1,3}}))?\s*,?\s+{_POSTCODE}(?![\w@])", re.IGNORECASE)
# Years look like the digits of a postal code: "2026 om 14 uur" is a time.
_WOORDEN = frozenset("om op in en de of te na ik je uw is we ze al nu tm zo".split())


def maskeer(tekst: str) -> str:
    """The text without BSN (eleven-test), bank account numbers (valid IBAN) and payment cards (Luhn)."""
    tekst = _IBAN.sub(lambda m: REKENING if iban.is_valid(m[0]) else m[0], tekst)
    tekst = _KAART.sub(lambda m: KAART if luhn.is_valid(re.sub(r"\D", "", m[0])) else m[0], tekst)
    return _NEGEN_CIJFERS.sub(lambda m: BSN if bsn.is_valid(re.sub(r"\D", "", m[0])) else m[0], tekst)


def scherm_af(tekst: str) -> str:
    """The text with nobody's in the place of telephone numbers, e-mail addresses and addresses."""
    tekst = _EMAIL.sub(EMAIL, tekst)
    tekst = _ADRES.sub(lambda m: m[0] if _is_jaar(m[0]) else ADRES, tekst)
    for gevonden in reversed(list(phonenumbers.PhoneNumberMatcher(tekst, "NL"))):
        tekst = tekst[:gevonden.start] + TELEFOON + tekst[gevonden.end:]
    return tekst


def _is_jaar(tekst: str) -> bool:
    gevonden = re.search(r"\b((?:19|20)\d\d) ([A-Za-z]{2})\b", tekst)
    return bool(gevonden) and gevonden[2].lower() in _WOORDEN

"""How an employee can reach the client: a telephone number, an e-mail address, or Mijn UWV."""
import re
from typing import Optional

import phonenumbers
from email_validator import EmailNotValidError, validate_email

MIJN_UWV = "via Mijn UWV"
GEEN_CONTACT = "ongeldig"
_EMAIL = re.compile(r"[^\s<>,;:()]+@[^\s<>,;:()]+")
_CIJFERS = re.compile(r"[+\d][\d\s().\-/]{5,}\d")


def lees_contact(tekst: str, gevraagd: bool) -> Optional[str]:
    """The contact detail in a text: an e-mail address, 'via Mijn UWV' or an international telephone number.

    GEEN_CONTACT when it was asked for and what looks like an address or number is not a valid one; None when there
    is nothing that looks like one.
    """
    if adres := _EMAIL.search(tekst):
        try:
            # No look-up on the network: an address that exists is not the chat's to prove.
            return validate_email(adres[0].strip("."), check_deliverability=False).normalized
        except EmailNotValidError:
            return GEEN_CONTACT if gevraagd else None
    for gevonden in phonenumbers.PhoneNumberMatcher(tekst, "NL"):
        return phonenumbers.format_number(gevonden.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if re.search(r"mijn[\s-]*uwv", tekst, re.IGNORECASE):
        return MIJN_UWV
    if gevraagd and (_CIJFERS.search(tekst) or "@" in tekst):
        return GEEN_CONTACT
    return None


def zonder_contact(tekst: str) -> str:
    """The text without its telephone numbers and e-mail addresses: their digits are no date and no time."""
    for gevonden in reversed(list(phonenumbers.PhoneNumberMatcher(tekst, "NL"))):
        tekst = tekst[:gevonden.start] + tekst[gevonden.end:]
    return _EMAIL.sub("", tekst)

"""What is taken out of a message, and what is not."""
import pytest

from protocol.maskeren import BSN, REKENING, maskeer


@pytest.mark.parametrize("tekst, wordt", [
    ("mijn bsn is 123456782", f"mijn bsn is {BSN}"), ("1234.56.782 dus", f"{BSN} dus"), ("123 456 782", BSN),
    ("NL91 ABNA 0417 1643 00", REKENING), ("nl91abna0417164300", REKENING)])
def test_bsn_and_account_numbers_are_left_out(tekst, wordt):
    assert maskeer(tekst) == wordt


@pytest.mark.parametrize("tekst", [
    "123456789", "06 12345678", "0612345678", "+31612345678", "030-1234567", "8 december 2026 14.30", "kenmerk 2026123456782",
    "BO-7KQ3-M9TX-4HPW", "NL91 ABNA 0417 1643 01"])
def test_other_numbers_stay(tekst):
    assert maskeer(tekst) == tekst

"""Personal data at rest is encrypted; this is the one place that knows how.

Keys come from OPNAME_VERSLEUTELING: one or more secrets, separated by commas. The first encrypts, all decrypt. To
rotate: put a new one in front, restart, run `python -m protocol.versleutelen --opnieuw`, and take the old one away
when the conversations of before are past their keeping time.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from functools import lru_cache
from typing import Any, Callable, Optional

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from protocol.instellingen import sleutelreeks

# Around encrypted text within other text. Private-use characters: the guard takes them out of what people type, so
# nobody can have the assistant decrypt what was found elsewhere.
OPEN, DICHT = "\ue000", "\ue001"
_ZEGEL = re.compile(OPEN + "([A-Za-z0-9_=-]+)" + DICHT)


class Onleesbaar(ValueError):
    """Encrypted with a key that is not among those of OPNAME_VERSLEUTELING."""


def verzegel(tekst: str) -> str:
    """The text, encrypted, as a seal that can stand within other text."""
    return OPEN + _kluis().encrypt(tekst.encode("utf-8", "surrogatepass")).decode("ascii") + DICHT


def ontzegel(tekst: str) -> str:
    """The text with all seals in it decrypted. Raises `Onleesbaar`."""
    return _ZEGEL.sub(lambda zegel: _lees(zegel[1]), tekst)


def in_alles(waarde: Any, doe: Callable[[str], str]) -> Any:
    """`waarde` (JSON) with every text in it replaced by `doe(text)`."""
    if isinstance(waarde, str):
        return doe(waarde)
    if isinstance(waarde, list):
        return [in_alles(deel, doe) for deel in waarde]
    if isinstance(waarde, dict):
        return {naam: in_alles(deel, doe) for naam, deel in waarde.items()}
    return waarde


def is_verzegeld(waarde: Any) -> bool:
    """Whether this is one seal and nothing else."""
    return isinstance(waarde, str) and bool(_ZEGEL.fullmatch(waarde))


def _lees(token: str) -> str:
    try:
        return _kluis().decrypt(token.encode("ascii")).decode("utf-8", "surrogatepass")
    except InvalidToken as fout:
        raise Onleesbaar("OPNAME_VERSLEUTELING lacks the key with which this was encrypted.") from fout


def _kluis() -> MultiFernet:
    return _maak_kluis(os.environ.get("OPNAME_VERSLEUTELING", ""), os.environ.get("OPNAME_PRODUCTIE", ""))


@lru_cache(maxsize=8)
def _maak_kluis(*_: str) -> MultiFernet:
    # Cached by the settings that decide: a test or a rotation that changes them gets other keys.
    def sleutel(geheim: str) -> bytes:
        afleiding = HKDF(SHA256(), 32, salt=None, info=b"opname/versleuteling")
        return base64.urlsafe_b64encode(afleiding.derive(geheim.encode("utf-8")))

    return MultiFernet([Fernet(sleutel(geheim)) for geheim in sleutelreeks()])


class Versleuteld(sa.TypeDecorator):
    """A text column that holds seals. What was stored before there was encryption is read as it stands."""

    impl, cache_ok = sa.Text, True

    def process_bind_param(self, value: Optional[str], dialect: Any) -> Optional[str]:
        return None if value is None else verzegel(value)

    def process_result_value(self, value: Optional[str], dialect: Any) -> Optional[str]:
        return ontzegel(value) if is_verzegeld(value) else value


class VersleuteldJson(sa.TypeDecorator):
    """A JSON column that holds a seal as its one text; empty objects stay empty."""

    impl, cache_ok = sa.JSON, True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return verzegel(json.dumps(value, ensure_ascii=False)) if value else value

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return json.loads(ontzegel(value)) if is_verzegeld(value) else value


def main() -> int:
    """Encrypts everything in the store again, with the first key."""
    if sys.argv[1:] != ["--opnieuw"]:
        print("usage: python -m protocol.versleutelen --opnieuw", file=sys.stderr)
        return 2
    from protocol.opslag import opslag
    from protocol.opslag_beheer import versleutel_opnieuw

    print(f"{versleutel_opnieuw(opslag())} rows encrypted with the first key of OPNAME_VERSLEUTELING.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

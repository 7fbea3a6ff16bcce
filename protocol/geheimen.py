"""Secrets: those that a machine for development makes for itself, and the key between our two servers."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

ACTIEKOP = "X-Opname-Acties"


def uit_bestand(bestand: Path) -> str:
    """The secret in `bestand`, made when missing; two servers that start at once end up with the same one."""
    if not bestand.exists():
        bestand.parent.mkdir(parents=True, exist_ok=True)
        eigen = bestand.with_name(f".{bestand.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(eigen, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as uit:
            uit.write(secrets.token_hex(32) + "\n")
        try:
            os.link(eigen, bestand)  # whole file or nothing, and never over an existing one
        except FileExistsError:
            pass
        finally:
            eigen.unlink()
    return bestand.read_text(encoding="ascii").strip()


def actiesleutel(geheim: str) -> str:
    """What the Rasa server shows to the action server: both derive it from OPNAME_GEHEIM, nobody else can."""
    return hmac.new(geheim.encode("utf-8"), b"acties", hashlib.sha256).hexdigest()

"""The guard: what may come in. Pure functions, no Rasa and no web server.

In: whatever a stranger sent. Out: text that is safe to hand to Rasa. Refusals are `Fout`.
Rasa 3.6.21 takes any text that starts with "/" as a command with entities and a confidence of the
sender's choice, so such text only passes as the payload of a button that was just offered.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import OrderedDict
from typing import Any, Iterable, Mapping, Optional

from channels.fouten import Fout

MAX_TEKENS = 1000
MAX_AFZENDER = 128
# A body of 1,000 four-byte characters, JSON-escaped as surrogate pairs, is 12 kB.
MAX_BYTES = 16 * 1024
VENSTER = 5.0
# Raw text may hold some invisible characters on top of the 1,000; beyond this it is not worth
# normalising (NFC is quadratic in long runs of combining marks).
_MAX_RUW = 4 * MAX_TEKENS
# Characters that look like the slash and are not folded to it by NFKC.
_SCHUINE_STREPEN = "/\u2044\u2215\u29f8\u2571\u3033"
_BERICHT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WEG = frozenset({"Cc", "Cf", "Cs"})
_SPATIE = frozenset({"Zs", "Zl", "Zp"})
_REGELEINDEN = frozenset("\t\n\v\f\r\x85")


def schoon(tekst: str) -> str:
    """`tekst` in NFC, without control, zero-width, bidi and surrogate characters, trimmed.

    Line breaks, tabs and special blanks become plain spaces. Cleaning twice changes nothing.
    """
    uit = []
    for teken in tekst:
        soort = unicodedata.category(teken)
        if teken in _REGELEINDEN or soort in _SPATIE:
            uit.append(" ")
        elif soort not in _WEG:
            uit.append(teken)
    return unicodedata.normalize("NFC", "".join(uit)).strip()


def bericht(waarde: Any) -> str:
    """The cleaned message text in `waarde`; refuses what is not text, empty or too long."""
    if not isinstance(waarde, str):
        raise Fout("bericht_type")
    if len(waarde) > _MAX_RUW:
        raise Fout("bericht_lang")
    tekst = schoon(waarde)
    if not tekst:
        raise Fout("bericht_leeg")
    if len(tekst) > MAX_TEKENS:
        raise Fout("bericht_lang")
    return tekst


def afzender(waarde: Any) -> Optional[str]:
    """The sender as given; None when there is none (empty counts as none: nobody shares "")."""
    if waarde is None or waarde == "":
        return None
    if not isinstance(waarde, str):
        raise Fout("afzender_type")
    if len(waarde) > MAX_AFZENDER:
        raise Fout("afzender_lang")
    if any(unicodedata.category(teken) in _WEG for teken in waarde):
        # also keeps lone surrogates away from the answer, which must be valid UTF-8
        raise Fout("afzender_teken")
    return waarde


def bericht_id(waarde: Any) -> str:
    """The id a page gave its message, or a refusal."""
    if not isinstance(waarde, str) or not _BERICHT_ID.fullmatch(waarde):
        raise Fout("id")
    return waarde


def json_object(inhoudstype: Optional[str], lading: bytes) -> dict[str, Any]:
    """The JSON object in a request body; refuses other content types, broken UTF-8 and JSON."""
    if (inhoudstype or "").split(";")[0].strip().lower() != "application/json":
        raise Fout("inhoudstype")
    if len(lading) > MAX_BYTES:
        raise Fout("te_groot")
    try:
        waarde = json.loads(lading.decode("utf-8"))
    except UnicodeDecodeError as fout:
        raise Fout("utf8") from fout
    except (ValueError, RecursionError) as fout:  # RecursionError: 10,000 open brackets
        raise Fout("json") from fout
    if not isinstance(waarde, dict):
        raise Fout("geen_object")
    return waarde


def lijkt_opdracht(tekst: str) -> bool:
    """Whether cleaned text could be, or is dressed up as, a Rasa command."""
    plat = unicodedata.normalize("NFKC", tekst[:40]).lstrip().casefold()
    return plat[:1] in tuple(_SCHUINE_STREPEN) or plat.startswith("external:")


def aangeboden(gebeurtenissen: Iterable[Mapping[str, Any]]) -> list[str]:
    """The button payloads of the last bot turn, from tracker events (dicts), newest first.

    A turn that failed left no bot event; then the buttons before it are still on the screen and count.
    """
    ladingen: list[str] = []
    bot_gezien = False
    for gebeurtenis in gebeurtenissen:
        soort = gebeurtenis.get("event")
        if soort == "bot":
            bot_gezien = True
            for knop in (gebeurtenis.get("data") or {}).get("buttons") or []:
                if isinstance(knop.get("payload"), str):
                    ladingen.append(knop["payload"])
        elif soort == "user" and bot_gezien:
            break
    return ladingen


def gekozen_knop(tekst: str, ladingen: Iterable[str]) -> Optional[str]:
    """The offered payload that `tekst` literally is (after the same cleaning), else None."""
    return next((lading for lading in ladingen if schoon(lading) == tekst), None)


class FloodTeller:
    """A steady pace per conversation: `maximum` messages at once, after that `maximum` per `venster` seconds.

    `nu` is any clock in seconds that only goes forward; refused messages do not count. At most `max_sleutels`
    conversations are kept, the least recently active is forgotten first, so memory stays flat.
    """

    def __init__(self, maximum: int, venster: float = VENSTER, max_sleutels: int = 10_000) -> None:
        self._stap, self._venster, self._max_sleutels = venster / maximum, venster, max_sleutels
        # The moment at which a conversation would have sent what it did at the steady pace (GCRA).
        self._vol_op: OrderedDict[str, float] = OrderedDict()

    def mag(self, sleutel: str, nu: float) -> bool:
        """Whether one more message of `sleutel` may pass at `nu`; counts it when it may."""
        vol_op = max(self._vol_op.get(sleutel, nu), nu) + self._stap
        if vol_op - nu > self._venster + 1e-9:
            return False
        self._vol_op[sleutel] = vol_op
        self._vol_op.move_to_end(sleutel)
        if len(self._vol_op) > self._max_sleutels:
            self._vol_op.popitem(last=False)
        return True
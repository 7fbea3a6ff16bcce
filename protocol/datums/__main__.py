"""python -m protocol.datums --jsonl: one `{"text", "reference"}` per line in, one answer per line out."""

from __future__ import annotations

import json
import sys
from datetime import datetime

from . import Reden, Uitkomst, lees


def beantwoord(regel: str) -> dict:
    try:
        vraag = json.loads(regel)
        tekst, verwijzing = vraag["text"], datetime.fromisoformat(str(vraag["reference"]).replace("Z", "+00:00"))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Uitkomst("none", reason=Reden.GEEN_TEKST).als_dict()
    return lees(tekst, verwijzing).als_dict()


def main() -> int:
    if sys.argv[1:] != ["--jsonl"]:
        print("gebruik: python -m protocol.datums --jsonl < vragen.jsonl", file=sys.stderr)
        return 2
    for regel in sys.stdin:
        if regel.strip():
            print(json.dumps(beantwoord(regel), ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

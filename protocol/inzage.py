"""What is kept about one request, for an access request (AVG, article 15): `python -m protocol.inzage BO-....`.

Prints JSON: the request with its history, the notices about it, and the conversations in which its reference was
spoken, in plain words. Whether someone may have it is checked by a person; this command is for who manages the store.
"""
import json
import sys
from datetime import date, datetime, time, timezone
from typing import Any, Dict, List

import sqlalchemy as sa

from protocol import instellingen
from protocol.bewaren import gebeurtenissen
from protocol.opslag import opslag
from protocol.opslag_tabellen import outbox
from protocol.verzoeken import lees_referentie
from protocol.versleutelen import ontzegel


def gesprekken(url: str, referentie: str) -> List[List[Dict[str, Any]]]:
    """The conversations in which the reference stands: who said what, and when (UTC)."""
    motor = sa.create_engine(url, future=True)
    try:
        if not sa.inspect(motor).has_table("events"):
            return []
        met = sa.select(gebeurtenissen.c.sender_id).where(gebeurtenissen.c.data.like(f"%{referentie}%")).distinct()
        with motor.connect() as verbinding:
            return [[gezegd for rij in verbinding.execute(sa.select(gebeurtenissen.c.data).where(
                         gebeurtenissen.c.sender_id == een).order_by(gebeurtenissen.c.timestamp))
                     for gezegd in _gezegd(json.loads(rij.data))]
                    for een in verbinding.execute(met).scalars().all()]
    finally:
        motor.dispose()


def _gezegd(gebeurtenis: Dict[str, Any]) -> List[Dict[str, Any]]:
    if gebeurtenis.get("event") not in ("user", "bot") or not gebeurtenis.get("text"):
        return []
    # What was hidden in a message is kept, encrypted, beside it.
    tekst = (gebeurtenis.get("metadata") or {}).get("tekst") or gebeurtenis["text"]
    return [{"op": datetime.fromtimestamp(gebeurtenis["timestamp"], timezone.utc), "tekst": ontzegel(tekst),
             "wie": "u" if gebeurtenis["event"] == "user" else "assistent"}]


def alles_over(referentie: str) -> Dict[str, Any]:
    """Everything about a request. Raises KeyError when there is none."""
    winkel = opslag()
    verzoek = winkel.bij_referentie(referentie)
    if verzoek is None:
        raise KeyError(referentie)
    velden = {k: v for k, v in verzoek.__dict__.items() if k != "sleutel"}
    with winkel.engine.connect() as verbinding:
        berichten = [dict(rij._mapping) for rij in verbinding.execute(
            sa.select(outbox.c.soort, outbox.c.gemaakt_op, outbox.c.verzonden_op)
            .where(outbox.c.sleutel.like(f"%{referentie}%")).order_by(outbox.c.id))]
    return {"verzoek": velden, "geschiedenis": [g._asdict() for g in winkel.geschiedenis(referentie)],
            "berichten_aan_medewerkers": berichten, "gesprekken": gesprekken(instellingen.gesprekken(), referentie)}


def main() -> int:
    """Prints the export of the reference on the command line."""
    referentie = lees_referentie(" ".join(sys.argv[1:]))
    if referentie is None:
        print("usage: python -m protocol.inzage BO-XXXX-XXXX-XXXX", file=sys.stderr)
        return 2
    try:
        gevonden = alles_over(referentie)
    except KeyError:
        print(f"There is no request {referentie}.", file=sys.stderr)
        return 1
    print(json.dumps(gevonden, ensure_ascii=False, indent=2,
                     default=lambda w: w.isoformat() if isinstance(w, (date, time)) else str(w)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

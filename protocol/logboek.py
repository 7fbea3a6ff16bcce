"""Log lines as JSON (OPNAME_LOG=json), each with the number of its turn: one number from the click to the store.

The channel gives each turn a number, the one that the page gave its message or a new one; it travels with the message to
the action server, and every line written while the turn runs carries it.
"""
import json
import logging
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Optional

import structlog

BEURT: ContextVar[Optional[str]] = ContextVar("beurt", default=None)


class JsonRegel(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, turn, text, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        regel = {"tijd": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
                 "niveau": record.levelname, "logger": record.name, "beurt": BEURT.get(), "tekst": record.getMessage()}
        if record.exc_info:
            regel["fout"] = self.formatException(record.exc_info)
        return json.dumps(regel, ensure_ascii=False)


def zet_op(soort: str) -> None:
    """Give every handler there is this format when `soort` is "json"; otherwise leave them as they are."""
    if soort != "json":
        return
    loggers = [logging.getLogger(), *(logging.getLogger(naam) for naam in list(logging.root.manager.loggerDict))]
    for handler in {h for logger in loggers for h in logger.handlers}:
        handler.setFormatter(JsonRegel())
    # Rasa writes a part of its lines past the standard loggers.
    structlog.configure(processors=[_met_beurt, structlog.processors.add_log_level,
                                    structlog.processors.TimeStamper("iso", utc=True, key="tijd"),
                                    structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])


def _met_beurt(_: object, __: str, regel: dict) -> dict:
    return {"beurt": BEURT.get(), **regel}

"""For who runs the servers: /leeft (the process answers), /gereed (a turn can be done) and /metrics (Prometheus).

/gereed asks everything that a turn needs, each within `GEDULD` seconds, and says only which of them answers. /metrics holds
numbers, nothing of a person. It is for this machine, or for who shows OPNAME_METRICS_SLEUTEL; for anyone else it is not there.
"""
from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
from datetime import timezone
from typing import Any, Awaitable, Callable, Dict, Optional
from urllib.parse import urlsplit, urlunsplit

import httpx
import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.antwoord import als_json
from channels.fouten import Fout
from protocol import instellingen
from protocol.opslag import opslag, utc
from protocol.opslag_meldingen import meldingen
from protocol.opslag_tabellen import outbox, verzoeken

logger = logging.getLogger(__name__)

GEDULD = 2.0
REGISTER = CollectorRegistry()
BEURTEN = Histogram("opname_beurt_seconden", "Time of a turn, from the message to the last answer", registry=REGISTER,
                    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10))
KANAALZINNEN = Counter("opname_kanaalzinnen", "Sentences of the channel itself: failures, floods, refused commands",
                       ["zin"], registry=REGISTER)
ANTWOORDEN = Counter("opname_antwoorden", "Answers, by whether the message was understood", ["soort"], registry=REGISTER)
DUIMEN = Counter("opname_duimen", "Answers that people gave a thumb, by whether it helped", ["hielp"], registry=REGISTER)
NIET_BEGREPEN = ("utter_niet_begrepen", "utter_niet_begrepen_twee", "utter_niet_begrepen_weer")


def antwoord_gegeven(bericht: Dict[str, Any]) -> None:
    """Counts one answer of the assistant."""
    ANTWOORDEN.labels("niet begrepen" if bericht.get("utter_action") in NIET_BEGREPEN else "begrepen").inc()


def voeg_toe(blauwdruk: Blueprint, agent: Callable[[], Any], sleutel: Optional[str]) -> None:
    """Adds the three addresses; `agent` gives the loaded agent or None."""

    @blauwdruk.get("/leeft")
    async def leeft(_: Request) -> HTTPResponse:
        return als_json({"status": "ok"})

    @blauwdruk.get("/gereed")
    async def gereed(_: Request) -> HTTPResponse:
        delen = await toestand(agent())
        return als_json(delen, 200 if all(delen.values()) else 503)

    @blauwdruk.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        if not _mag(request, sleutel):
            raise Fout("geen_pad")
        inhoud = await _los(lambda: generate_latest(REGISTER) + generate_latest(_stand()))
        return HTTPResponse(inhoud, content_type=CONTENT_TYPE_LATEST)


def _mag(request: Request, sleutel: Optional[str]) -> bool:
    if sleutel:
        return hmac.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {sleutel}".encode())
    # Behind a proxy on this machine everybody seems to come from here.
    doorgegeven = any(naam in request.headers for naam in ("x-forwarded-for", "x-real-ip", "forwarded", "via"))
    try:
        return not doorgegeven and ipaddress.ip_address(request.ip).is_loopback
    except ValueError:
        return False


async def _los(werk: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, werk)


async def toestand(agent: Any) -> Dict[str, bool]:
    """What a turn needs -> whether it answers."""
    klaar = agent is not None and agent.is_ready()
    proeven: Dict[str, Callable[[], Awaitable[Any]]] = {"verzoeken": lambda: _los(lambda: _een(opslag().engine))}
    if klaar:
        eindpunt = agent.action_endpoint
        if eindpunt is not None:
            proeven["acties"] = lambda: _acties(eindpunt.url)
        if engine := getattr(agent.tracker_store, "engine", None):
            proeven["gesprekken"] = lambda: _los(lambda: _een(engine))
        if redis := getattr(agent.lock_store, "red", None):
            proeven["sloten"] = lambda: _los(redis.ping)
    uitslagen = await asyncio.gather(*(_antwoordt(naam, proef) for naam, proef in proeven.items()))
    return {"model": klaar, **dict(zip(proeven, uitslagen))}


async def _antwoordt(naam: str, proef: Callable[[], Awaitable[Any]]) -> bool:
    try:
        await asyncio.wait_for(proef(), GEDULD)
        return True
    except Exception as fout:  # whatever it is: it does not answer
        logger.warning("Not ready: %s does not answer (%s).", naam, type(fout).__name__)
        return False


def _een(engine: sa.engine.Engine) -> None:
    with engine.connect() as verbinding:
        verbinding.execute(sa.text("SELECT 1"))


async def _acties(url: str) -> None:
    deel = urlsplit(url)
    async with httpx.AsyncClient(timeout=GEDULD) as client:
        (await client.get(urlunsplit((deel.scheme, deel.netloc, "/health", "", "")))).raise_for_status()


def _stand() -> CollectorRegistry:
    """Requests, cases and notices as they are in the store at this moment."""
    register = CollectorRegistry()
    bereikbaar = Gauge("opname_database_bereikbaar", "Whether the store of requests and cases answers", registry=register)
    tellingen = (("opname_verzoeken", "Requests by state", "toestand", verzoeken.c.toestand),
                 ("opname_oordelen", "Requests by verdict on the term", "oordeel", verzoeken.c.oordeel),
                 ("opname_meldingen", "Cases by state", "toestand", meldingen.c.toestand))
    try:
        with opslag().engine.connect() as verbinding:
            for naam, uitleg, etiket, kolom in tellingen:
                meter = Gauge(naam, uitleg, [etiket], registry=register)
                for waarde, aantal in verbinding.execute(sa.select(kolom, sa.func.count()).group_by(kolom)):
                    meter.labels(waarde).set(aantal)
            wachtend, oudste = verbinding.execute(sa.select(sa.func.count(), sa.func.min(outbox.c.gemaakt_op)).where(
                outbox.c.verzonden_op.is_(None))).one()
    except sa.exc.SQLAlchemyError:
        logger.exception("The figures of the store cannot be read.")
        bereikbaar.set(0)
        return register
    bereikbaar.set(1)
    Gauge("opname_outbox_wachtend", "Notices not yet sent", registry=register).set(wachtend)
    leeftijd = (instellingen.nu().astimezone(timezone.utc) - utc(oudste)).total_seconds() if oudste else 0
    Gauge("opname_outbox_oudste_seconden", "Age of the oldest notice not yet sent", registry=register).set(leeftijd)
    return register

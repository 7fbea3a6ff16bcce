"""The gate of the action server: only our own Rasa server comes in, and personal data goes in and out encrypted.

The actions see plain text. What they send back goes through the tracker store, so the slots and words of `SLOTS` and
`WOORDEN`, and whatever looks like a telephone number, an e-mail address or an address, leave here as seals
(protocol.versleutelen). The channel opens them when it speaks.
"""
import hmac
import json
import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as als_json

from protocol import instellingen, logboek
from protocol.geheimen import ACTIEKOP, actiesleutel
from protocol.logboek import BEURT
from protocol.maskeren import scherm_af
from protocol.versleutelen import in_alles, is_verzegeld, ontzegel, verzegel

logger = logging.getLogger(__name__)

# Slots that hold what people said about themselves or others.
SLOTS = frozenset({
    "naam", "contact", "bijzonderheden", "met_wie", "status_controle", "beheer", "behandeling", "melding_waar",
    "melding_gezien", "melding_betrokkene", "melding_leidinggevende", "melding_veiligheid", "zaak_reden", "zaak_notitie"})
# Variables of responses that repeat it.
WOORDEN = frozenset({"naam", "contact_klant", "bijzonderheden", "met_wie", "toelichting", "regels", "gedaan"})
# Variables that are ours: the way to a person is a setting.
EIGEN = frozenset({"contact", "response", "template"})
DEUREN = ("/webhook", "/actions")


def binnen(vraag: Dict[str, Any]) -> Dict[str, Any]:
    """The call as the actions read it; the original stays encrypted, as the SDK repeats it in its error answers."""
    tracker = vraag.get("tracker")
    if not isinstance(tracker, dict):
        return vraag
    slots = {naam: json.loads(ontzegel(waarde)) if is_verzegeld(waarde) else waarde
             for naam, waarde in (tracker.get("slots") or {}).items()}
    laatste = dict(tracker.get("latest_message") or {})
    if tekst := (laatste.get("metadata") or {}).get("tekst"):
        laatste["text"] = ontzegel(tekst)
    gebeurtenissen = list(tracker.get("events") or [])
    # Only the buttons of the last answer are read back.
    for plek in range(len(gebeurtenissen) - 1, -1, -1):
        if gebeurtenissen[plek].get("event") == "bot":
            gebeurtenissen[plek] = in_alles(gebeurtenissen[plek], ontzegel)
            break
    return {**vraag, "tracker": {**tracker, "slots": slots, "latest_message": laatste, "events": gebeurtenissen}}


def buiten(antwoord: Dict[str, Any]) -> Dict[str, Any]:
    """The result of an action as it may be stored."""
    return {**antwoord, "events": [_gebeurtenis(g) for g in antwoord.get("events") or []],
            "responses": [_bericht(b) for b in antwoord.get("responses") or []]}


def _gebeurtenis(gebeurtenis: Dict[str, Any]) -> Dict[str, Any]:
    if gebeurtenis.get("event") != "slot" or gebeurtenis.get("value") is None or gebeurtenis["name"] not in SLOTS:
        return gebeurtenis
    return {**gebeurtenis, "value": verzegel(json.dumps(gebeurtenis["value"], ensure_ascii=False))}


def _bericht(bericht: Dict[str, Any]) -> Dict[str, Any]:
    uit = dict(bericht)
    for naam, waarde in bericht.items():
        if isinstance(waarde, str) and naam not in EIGEN and waarde:
            uit[naam] = verzegel(waarde) if naam in WOORDEN or scherm_af(waarde) != waarde else waarde
    # The title of a button may hold the name of a client.
    uit["buttons"] = [{**knop, "title": verzegel(knop["title"])} for knop in bericht.get("buttons") or []]
    return uit


Uitvoering = Callable[[Any, Dict[str, Any]], Awaitable[Optional[Dict[str, Any]]]]


def door_de_poort(voer_uit: Uitvoering) -> Uitvoering:
    """`ActionExecutor.run`, with the gate around it."""

    async def run(self: Any, action_call: Dict[str, Any]) -> Optional[Dict[str, Any]]:
        vraag = binnen(action_call)
        BEURT.set((((vraag.get("tracker") or {}).get("latest_message") or {}).get("metadata") or {}).get("beurt"))
        logger.info("Action %s", vraag.get("next_action"))
        antwoord = await voer_uit(self, vraag)
        return None if antwoord is None else buiten(antwoord)

    return run


def bewaak(sleutel: str) -> Callable[[Request], Optional[HTTPResponse]]:
    """Request middleware: who does not hold the key gets nothing."""

    def middleware(request: Request) -> Optional[HTTPResponse]:
        gegeven: List[str] = request.headers.getall(ACTIEKOP, [])
        if request.path.rstrip("/") not in DEUREN or (
                len(gegeven) == 1 and hmac.compare_digest(gegeven[0].encode(), sleutel.encode())):
            return None
        return als_json({"error": "not our Rasa server"}, status=401)

    return middleware


def sluit() -> None:
    """Puts the middleware on the SDK's server, when this process is one; the SDK has no setting for it."""
    try:
        app = Sanic.get_app("rasa_sdk")
    except SanicException:
        return
    inst = instellingen.instellingen()
    app.register_middleware(bewaak(actiesleutel(inst.geheim)), "request")
    logboek.zet_op(inst.log)

"""What all actions share: the message as `protocol` sees it, and saying a response with its variables."""
import json
from datetime import date, time
from typing import Any, Dict, Iterable, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from protocol import bron, datums, instellingen
from protocol.toegang import KLANT, Spreker
from protocol.verzoekformulier import Bericht, Zin


def bericht(tracker: Tracker) -> Bericht:
    """The latest message. A button's payload has no text of its own: its intent and entities say it all."""
    laatste = tracker.latest_message
    entiteiten: Dict[str, List[str]] = {}
    for gevonden in laatste.get("entities", []):
        entiteiten.setdefault(gevonden["entity"], []).append(str(gevonden["value"]))
    intent = laatste.get("intent") or {}
    tekst = laatste.get("text") or ""
    return Bericht("" if tekst.startswith("/") else tekst, intent.get("name") or "", float(intent.get("confidence") or 0),
                   {label: tuple(waarden) for label, waarden in entiteiten.items()})


def spreker(tracker: Tracker) -> Spreker:
    """Who sent the latest message, by the claims that the channel verified."""
    claims = tracker.latest_message.get("metadata") or {}
    return Spreker(claims.get("rol") or KLANT, claims.get("sub"), claims.get("team"))


def zeg(dispatcher: CollectingDispatcher, antwoord: str, buttons: Optional[List[Dict[str, str]]] = None,
        **gegevens: Any) -> None:
    """Say a response. `termijn` and `contact` can be used in every response."""
    dispatcher.utter_message(response=antwoord, buttons=buttons, termijn=bron.termijn(),
                             contact=instellingen.contact(), **gegevens)


def zeg_variant(dispatcher: CollectingDispatcher, domain: Dict[str, Any], antwoord: str, soort: Optional[str]) -> None:
    """Say the variation of a response for one kind of recording (None: the one for both), whatever the slot holds."""
    varianten = antwoorden(domain, antwoord)
    gekozen = next((v for v in varianten if any(
        c.get("name") == "opnamesoort" and c.get("value") == soort for c in v.get("condition", []))), varianten[-1])
    dispatcher.utter_message(
        text=gekozen["text"].format(termijn=bron.termijn(), contact=instellingen.contact()),
        buttons=gekozen.get("buttons"), utter_action=antwoord, metadata=gekozen.get("metadata", {}))


def zeg_zinnen(dispatcher: CollectingDispatcher, zinnen: Iterable[Zin], intent: str = "gegevens_geven") -> None:
    """Say what a reading of a message wants said; dates and times to choose from become buttons."""
    for zin in zinnen:
        zeg(dispatcher, zin.antwoord, keuzeknoppen(zin.keuzes, intent) or None, **zin.gegevens)


def knop(titel: str, intent: str, **entiteiten: str) -> Dict[str, str]:
    """A button that sends an intent with entities."""
    return {"title": titel, "payload": f"/{intent}" + (json.dumps(entiteiten) if entiteiten else "")}


def keuzeknoppen(keuzes: Iterable[Any], intent: str) -> List[Dict[str, str]]:
    """One button for each date or time."""
    return [knop(datums.schrijf_tijd(k), intent, tijd=k.strftime("%H:%M")) if isinstance(k, time)
            else knop(datums.schrijf_datum(k), intent, datum=k.isoformat())
            for k in keuzes if isinstance(k, (date, time))]


def antwoorden(domain: Dict[str, Any], naam: str) -> List[Dict[str, Any]]:
    """The variations of a response in the domain, [] when there is none."""
    return domain.get("responses", {}).get(naam, [])


def titel(domain: Dict[str, Any], intent: str) -> Optional[str]:
    """The topic of an intent in plain words, from its response; None for an intent that is no topic."""
    varianten = antwoorden(domain, f"utter_{intent}")
    return varianten[-1].get("metadata", {}).get("titel") if varianten else None


def laatste_antwoord(tracker: Tracker, domain: Dict[str, Any]) -> Optional[str]:
    """The name of the last response that answered a topic, without 'utter_'; None when there is none."""
    for gebeurtenis in reversed(tracker.events):
        if gebeurtenis.get("event") != "bot":
            continue
        naam = ((gebeurtenis.get("metadata") or {}).get("utter_action") or "").replace("utter_", "", 1)
        if naam and titel(domain, naam):
            return naam
    return None

"""What all actions share: the message as `protocol` sees it, and saying a response with its variables."""
import json
from datetime import date, time
from typing import Any, Dict, Iterable, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from protocol import bron, datums, instellingen
from protocol.agenda import TYPE, agendabestand
from protocol.tekst import kies, schoon
from protocol.toegang import KLANT, Spreker
from protocol.verzoeken import Weigering
from protocol.verzoekformulier import Bericht, Zin


def bericht(tracker: Tracker) -> Bericht:
    """The latest message. A button's payload has no text of its own: its intent and entities say it all."""
    laatste = tracker.latest_message
    entiteiten: Dict[str, List[str]] = {}
    for gevonden in laatste.get("entities", []):
        entiteiten.setdefault(gevonden["entity"], []).append(str(gevonden["value"]))
    intent = laatste.get("intent") or {}
    tekst = laatste.get("text") or ""
    if aangewezen := _aangewezen_knop(tracker, tekst):
        return aangewezen
    return Bericht("" if tekst.startswith("/") else tekst, intent.get("name") or "", float(intent.get("confidence") or 0),
                   {label: tuple(waarden) for label, waarden in entiteiten.items()})


def _aangewezen_knop(tracker: Tracker, tekst: str) -> Optional[Bericht]:
    """The button of the last answer that a typed message means: by its title, or 'de eerste' of dates and times."""
    bot = next((e for e in reversed(tracker.events) if e.get("event") == "bot"), {})
    knoppen = (bot.get("data") or {}).get("buttons") or []
    gekozen = next((k for k in knoppen if schoon(k["title"]) == schoon(tekst)), None)
    if not gekozen:
        keuzes = [k for k in knoppen if '{"datum"' in k["payload"] or '{"tijd"' in k["payload"]]
        plek = kies(tekst, len(keuzes))
        gekozen = None if plek is None else keuzes[plek]
    if not gekozen:
        return None
    intent, _, gegevens = gekozen["payload"].lstrip("/").partition("{")
    entiteiten = json.loads("{" + gegevens) if gegevens else {}
    return Bericht("", intent, 1.0, {label: (str(waarde),) for label, waarde in entiteiten.items()})


def spreker(tracker: Tracker) -> Spreker:
    """Who sent the latest message, by the claims that the channel verified."""
    claims = tracker.latest_message.get("metadata") or {}
    return Spreker(claims.get("rol") or KLANT, claims.get("sub"), claims.get("team"))


def zeg(dispatcher: CollectingDispatcher, antwoord: str, buttons: Optional[List[Dict[str, str]]] = None,
        bestand: Optional[Dict[str, str]] = None, **gegevens: Any) -> None:
    """Say a response, with a file to download if any. `contact` and the memo's own figures can be used in every response."""
    dispatcher.utter_message(response=antwoord, buttons=buttons, json_message={"bestand": bestand} if bestand else None,
                             contact=instellingen.contact(), **bron.getallen(), **gegevens)


def agenda(tracker: Tracker, domain: Dict[str, Any], antwoord: str, uid: str, dag: date, tijd: Optional[time] = None,
           plek: Optional[str] = None) -> Optional[Dict[str, str]]:
    """A calendar file to go with a response, in the words of its metadata; None when it has none for this role."""
    woorden = vorm(tracker, domain, antwoord).get("bestand")
    return woorden and {"naam": woorden["naam"], "titel": woorden["link"], "type": TYPE, "inhoud": agendabestand(
        uid, woorden["titel"], dag, instellingen.nu(), tijd, plek, woorden["omschrijving"])}


def zeg_variant(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any], antwoord: str,
                soort: Optional[str]) -> None:
    """Say the variation of a response for one kind of recording (None: the one for both), whatever the slot holds."""
    slots = {**tracker.slots, "opnamesoort": soort}
    passend = [v for v in antwoorden(domain, antwoord)
               if all(slots.get(c["name"]) == c["value"] for c in v.get("condition") or [])]
    gekozen = max(passend, key=lambda v: len(v.get("condition") or []))
    dispatcher.utter_message(
        text=gekozen["text"].format(contact=instellingen.contact(), **bron.getallen()), buttons=gekozen.get("buttons"),
        utter_action=antwoord, metadata=gekozen.get("metadata", {}))


def zeg_zinnen(dispatcher: CollectingDispatcher, zinnen: Iterable[Zin], intent: str = "gegevens_geven") -> None:
    """Say what a reading of a message wants said; dates and times to choose from become buttons."""
    for zin in zinnen:
        zeg(dispatcher, zin.antwoord, keuzeknoppen(zin.keuzes, intent) or None, **zin.gegevens)


def weiger(dispatcher: CollectingDispatcher, weigering: Weigering) -> None:
    """Say why a step is not allowed."""
    zeg(dispatcher, weigering.antwoord, **weigering.gegevens)


def terug_van_zijvraag(tracker: Tracker, formulier: str) -> bool:
    """Whether another action has already answered the latest message in this form."""
    for gebeurtenis in reversed(tracker.events):
        if gebeurtenis.get("event") in ("user", "followup"):
            return False
        if gebeurtenis.get("event") == "action" and gebeurtenis.get("name") not in (
                formulier, "action_extract_slots", "action_listen"):
            return True
    return False


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


def vorm(tracker: Tracker, domain: Dict[str, Any], naam: str) -> Dict[str, Any]:
    """The metadata of the variation of a response that this conversation gets."""
    return next((v.get("metadata", {}) for v in antwoorden(domain, naam)
                 if all(tracker.get_slot(c["name"]) == c["value"] for c in v.get("condition") or [])), {})


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

"""Until when a video request can be made (R17, S8): the last day, the verdict for today, and the count."""
from datetime import date
from typing import Any, Dict, List, Optional, Tuple

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hulp import agenda, bericht, knop, vorm, zeg, zeg_zinnen
from protocol import bron, datums, instellingen, werkdagen
from protocol.tekst import afspraak_in_termijnvraag, schoon
from protocol.verzoekformulier import Zin, keur_datum


def _lees_dag(tracker: Tracker) -> Tuple[Optional[date], Optional[Zin]]:
    """The appointment the client means: from a button or the text, else the one spoken of before."""
    laatste = bericht(tracker)
    if gekozen := laatste.entiteiten.get("datum"):
        return date.fromisoformat(gekozen[0]), None
    uitkomst = datums.lees(afspraak_in_termijnvraag(laatste.tekst), instellingen.nu())
    if uitkomst.date:
        return uitkomst.date, None
    if uitkomst.outcome == "ask" and not uitkomst.vraagt_tijd:
        return None, Zin(f"utter_datum_{uitkomst.reason}", keuzes=uitkomst.candidates)
    bekend = tracker.get_slot("afspraak_datum") or tracker.get_slot("termijn_datum")
    return (date.fromisoformat(bekend) if bekend else None), None


def _kort(telling: werkdagen.Telling) -> str:
    """The count on one line: the working days with their number, holidays with their name, no weekends."""
    return ", ".join(f"{datums.schrijf_kort(d.datum)} ({d.nummer or d.reden})" for d in telling.dagen
                     if d.nummer or d.reden != werkdagen.WEEKEND)


class ActionTermijn(Action):
    """The last day for one appointment, or the rule when no date is known. Starts no request."""

    def name(self) -> str:
        return "action_termijn"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        dag, vraag = _lees_dag(tracker)
        nu = instellingen.nu()
        bezwaar = vraag or (dag and keur_datum(dag, nu, instellingen.sluitingsdagen()))
        if bezwaar and bezwaar.antwoord != "utter_datum_gesloten":
            zeg_zinnen(dispatcher, [bezwaar], "termijn")
            return []
        if not dag:
            zeg(dispatcher, "utter_termijn_algemeen")
            return []
        telling = werkdagen.tel(dag, nu.date(), instellingen.sluitingsdagen())
        knoppen = [knop(vorm(tracker, domain, "utter_telling")["titel"], "telling", datum=dag.isoformat())]
        if not tracker.active_loop_name:
            knoppen.insert(0, knop(vorm(tracker, domain, "utter_verzoek_start")["titel"], "verzoek_doen",
                                   datum=dag.isoformat()))
        naam = f"utter_termijn_{telling.oordeel.replace(' ', '_')}"
        # A last day that has passed needs no place in a calendar.
        bestand = agenda(tracker, domain, naam, f"laatste-dag-{dag.isoformat()}@opnameprotocol", telling.laatste_dag) \
            if telling.oordeel == werkdagen.OP_TIJD else None
        zeg(dispatcher, naam, knoppen, bestand, datum=datums.schrijf_datum(dag),
            laatste_dag=datums.schrijf_datum(telling.laatste_dag),
            uiterste_dag=datums.schrijf_datum(telling.uiterste_dag), telling=_kort(telling))
        if bezwaar:
            zeg(dispatcher, "utter_termijn_gesloten", **bezwaar.gegevens)
        return [SlotSet("termijn_datum", dag.isoformat())]


_OVER_DAGEN = {"zaterdag", "zondag", "zaterdagen", "zondagen", "weekend", "weekenden", "weekeinde", "feestdag", "feestdagen"}


class ActionTelling(Action):
    """How the working days were counted, day by day; the rule of counting when no date is known."""

    def name(self) -> str:
        return "action_telling"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        woorden = set(schoon(bericht(tracker).tekst).split())
        if woorden & _OVER_DAGEN and not woorden & {"afspraak"}:
            zeg(dispatcher, "utter_telling_algemeen")  # "telt zaterdag mee?" names no appointment
            return []
        dag, vraag = _lees_dag(tracker)
        if vraag:
            zeg_zinnen(dispatcher, [vraag], "telling")
            return []
        if not dag:
            zeg(dispatcher, "utter_telling_algemeen")
            return []
        telling = werkdagen.tel(dag, instellingen.nu().date(), instellingen.sluitingsdagen())
        woorden = vorm(tracker, domain, "utter_telling")
        regels = [woorden["werkdag" if d.nummer else "telt_niet"].format(
            dag=datums.schrijf_datum(d.datum), nummer=d.nummer, reden=d.reden) for d in telling.dagen]
        zeg(dispatcher, "utter_telling", datum=datums.schrijf_datum(dag), dagen="\n".join(regels),
            laatste_dag=datums.schrijf_datum(telling.laatste_dag))
        return [SlotSet("termijn_datum", dag.isoformat())]


class ActionLosseGegevens(Action):
    """Bare data outside a form: a date gets its term; anything else is asked what it is for."""

    def name(self) -> str:
        return "action_losse_gegevens"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        laatste = bericht(tracker)
        uitkomst = datums.lees(laatste.tekst, instellingen.nu())
        if laatste.entiteiten.get("datum") or uitkomst.date or (uitkomst.outcome == "ask" and not uitkomst.vraagt_tijd):
            return ActionTermijn().run(dispatcher, tracker, domain)
        if laatste.intent == "bevestigen" and "verzoek_doen" in _aangeboden(tracker):
            return [FollowupAction("verzoek_form")]
        zeg(dispatcher, "utter_losse_gegevens")
        return []


def _aangeboden(tracker: Tracker) -> str:
    """The payload of the first button of the last answer: what a bare 'ja graag' says yes to."""
    bot = next((e for e in reversed(tracker.events) if e.get("event") == "bot"), {})
    knoppen = (bot.get("data") or {}).get("buttons") or []
    return knoppen[0]["payload"] if knoppen else ""

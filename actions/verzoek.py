"""The request form: fill it in, show it, store it."""
import uuid
from datetime import date, datetime, time
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import bericht, spreker, vorm, zeg, zeg_zinnen
from protocol import datums, instellingen, werkdagen
from protocol import verzoekformulier as formulier
from protocol.opslag import nu_utc, opslag
from protocol.toegang import KLANTCONTACT, Spreker
from protocol.verzoeken import CHAT, TELEFOON, Verzoek

SLOTS = (*formulier.VELDEN, formulier.WIJZIGING, formulier.AKKOORD, formulier.VOORSTEL, "oordeel", "pogingen",
         "verzoek_sleutel", formulier.NOOD)
# Two unreadable answers to one question: offer the way out.
MAX_POGINGEN = 2


def _leeg() -> List[Dict]:
    return [SlotSet(slot, None) for slot in SLOTS]


def verzoek_uit(slots: Dict[str, Any], nu: datetime, wie: Spreker) -> Verzoek:
    """The filled-in slots as a request of this moment; an agent (`wie`) records it for a client on the telephone.

    Raises ValueError when the slots make no request.
    """
    namens = wie.rol == KLANTCONTACT
    dag = date.fromisoformat(slots[formulier.DATUM])
    telling = werkdagen.tel(dag, nu.date(), instellingen.sluitingsdagen())
    tijd, met_wie = slots[formulier.TIJD], slots[formulier.MET_WIE]
    bijzonderheden = slots[formulier.BIJZONDERHEDEN]
    return Verzoek(
        sleutel=slots["verzoek_sleutel"], ontvangen_op=nu_utc(), afspraak_datum=dag,
        afspraak_tijd=None if tijd == formulier.ONBEKEND else time.fromisoformat(tijd),
        gesprekssoort=slots[formulier.SOORT], plaats=slots[formulier.PLAATS],
        met_wie=None if met_wie == formulier.ONBEKEND else met_wie, naam=slots[formulier.NAAM],
        contact=slots[formulier.CONTACT],
        bijzonderheden=None if bijzonderheden == formulier.GEEN else bijzonderheden,
        laatste_dag=telling.laatste_dag, oordeel=telling.oordeel,
        kanaal=TELEFOON if namens else CHAT, vastgelegd_door=wie.sub if namens else None,
    )


def overzicht(slots: Dict[str, Any], woorden: Dict[str, str]) -> Dict[str, str]:
    """The template variables of the summary; `woorden` are the response's words for values that are no free text."""
    telling = werkdagen.tel(date.fromisoformat(slots[formulier.DATUM]), instellingen.nu().date(),
                            instellingen.sluitingsdagen())
    tijd, met_wie = slots[formulier.TIJD], slots[formulier.MET_WIE]
    return {
        "datum": datums.schrijf_datum(telling.afspraak),
        "tijd": woorden["onbekend"] if tijd == formulier.ONBEKEND else datums.schrijf_tijd(time.fromisoformat(tijd)),
        "waar": woorden[slots[formulier.SOORT]].format(plaats=slots[formulier.PLAATS]),
        "met_wie": woorden["onbekend"] if met_wie == formulier.ONBEKEND else met_wie,
        "naam": slots[formulier.NAAM],
        "contact_klant": slots[formulier.CONTACT],
        "bijzonderheden": slots[formulier.BIJZONDERHEDEN],
        "oordeel": woorden[telling.oordeel].format(laatste_dag=datums.schrijf_datum(telling.laatste_dag)),
    }


class ValidateVerzoekForm(FormValidationAction):
    """Reads each message of the form with `protocol.verzoekformulier`, asks the next question, stores on 'ja'.

    It asks by itself (`utter_vraag_<slot>`, not Rasa's `utter_ask_<slot>`): a question back about an unclear answer
    is the one question of its turn, and Rasa would put its own behind it.
    """

    def name(self) -> str:
        return "validate_verzoek_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        slots, nu = tracker.slots, instellingen.nu()
        laatste, wie = bericht(tracker), spreker(tracker)
        namens = wie.rol == KLANTCONTACT
        gevraagd = slots.get("requested_slot")
        woorden = vorm(tracker, domain, "utter_overzicht")
        if self._terug_van_zijvraag(tracker):
            self._vraag(dispatcher, gevraagd, slots, woorden, kort=True)
            return []
        if gevraagd and laatste.intent in ("gevaar", "zelfdoding"):
            # Danger gets its answer and nothing behind it: the form waits for the next message.
            zeg(dispatcher, f"utter_{laatste.intent}")
            return [SlotSet(formulier.NOOD, laatste.intent)]
        events, begin = [], False
        if gevraagd == formulier.NOOD:
            events.append(SlotSet(formulier.NOOD, None))
            gevraagd = None
        elif begin := not slots.get("verzoek_sleutel"):
            events.append(SlotSet("verzoek_sleutel", uuid.uuid4().hex))
            if namens:
                # Not asked on the telephone: what the employee should know is said by 'toelichting: ...'.
                events.append(SlotSet(formulier.BIJZONDERHEDEN, formulier.GEEN))
            gevraagd = None
        lezing = formulier.lees_bericht(laatste, gevraagd, slots, nu, instellingen.sluitingsdagen(), namens)
        events += [SlotSet(veld, waarde) for veld, waarde in lezing.waarden.items()]
        ingevuld = {**slots, **{e["name"]: e["value"] for e in events}}
        # With a client on the line nothing is said twice: a summary at once needs no opening and holds the verdict.
        meteen = namens and formulier.volgende_veld(ingevuld) == formulier.AKKOORD
        if begin and not meteen:
            zeg(dispatcher, "utter_verzoek_start")
        zeg_zinnen(dispatcher, [zin for zin in lezing.zeg
                                if not (meteen and zin.antwoord.startswith("utter_oordeel_"))])
        events += self._pogingen(dispatcher, slots, gevraagd, lezing)
        if lezing.waarden.get(formulier.AKKOORD) == formulier.JA:
            events += self._bewaar(dispatcher, slots, nu, wie)
        # No event means that this was no answer: Rasa lets the rules answer it and comes back.
        if events and not any(zin.vraagt for zin in lezing.zeg):
            ingevuld = {**slots, **{e["name"]: e["value"] for e in events}}
            self._vraag(dispatcher, formulier.volgende_veld(ingevuld), ingevuld, woorden)
        return events

    def _terug_van_zijvraag(self, tracker: Tracker) -> bool:
        """Whether another action has already answered the latest message."""
        for gebeurtenis in reversed(tracker.events):
            if gebeurtenis.get("event") == "user":
                return False
            if gebeurtenis.get("event") == "action" and gebeurtenis.get("name") not in (
                    self.form_name(), "action_extract_slots", "action_listen"):
                return True
        return False

    @staticmethod
    def _vraag(dispatcher, veld: Optional[str], slots: Dict[str, Any], woorden: Dict[str, str],
               kort: bool = False) -> None:
        """Ask for a field; the summary is shown whole once and then only referred to."""
        if veld == formulier.AKKOORD and not kort:
            zeg(dispatcher, "utter_overzicht", **overzicht(slots, woorden))
        elif veld:
            zeg(dispatcher, f"utter_vraag_{veld}")

    @staticmethod
    def _pogingen(dispatcher, slots, gevraagd, lezing) -> List[Dict]:
        if not gevraagd or gevraagd not in lezing.waarden:
            return []
        gelukt = any(waarde is not None for waarde in lezing.waarden.values())
        pogingen = 0 if gelukt else (slots.get("pogingen") or 0) + 1
        if pogingen >= MAX_POGINGEN:
            zeg(dispatcher, "utter_form_hulp")
        return [SlotSet("pogingen", pogingen)]

    @staticmethod
    def _bewaar(dispatcher, slots, nu, wie) -> List[Dict]:
        """What is accepted is stored before it is confirmed; when that fails the form stays open."""
        try:
            bewaard = opslag().bewaar(verzoek_uit(slots, nu, wie))
        except SQLAlchemyError:
            zeg(dispatcher, "utter_niet_opgeslagen")
            return [SlotSet(formulier.AKKOORD, None)]
        return [SlotSet("referentie", bewaard.referentie)]

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        return SlotSet("requested_slot", formulier.volgende_veld(tracker.slots))


class ActionVerzoekBevestigen(Action):
    """The reference number and what happens now; the form is empty afterwards."""

    def name(self) -> str:
        return "action_verzoek_bevestigen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        zeg(dispatcher, "utter_verzoek_ontvangen", referentie=tracker.get_slot("referentie"))
        return _leeg()


class ActionVerzoekStoppen(Action):
    """Leaves the form; nothing was stored."""

    def name(self) -> str:
        return "action_verzoek_stoppen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if tracker.get_intent_of_latest_message() == "alleen_geluid":
            zeg(dispatcher, "utter_alleen_geluid")
        else:
            zeg(dispatcher, "utter_gestopt" if tracker.active_loop_name else "utter_niets_te_stoppen")
        return _leeg()


class ActionIsOpgeslagen(Action):
    """A true answer to 'is anything stored now?'."""

    def name(self) -> str:
        return "action_is_opgeslagen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        sleutel, referentie = tracker.get_slot("verzoek_sleutel"), tracker.get_slot("referentie")
        bewaard = opslag().bij_sleutel(sleutel) if sleutel else referentie and opslag().bij_referentie(referentie)
        if bewaard:
            zeg(dispatcher, "utter_is_opgeslagen_ja", referentie=bewaard.referentie)
        else:
            zeg(dispatcher, "utter_is_opgeslagen_bezig" if sleutel else "utter_is_opgeslagen")
        return []

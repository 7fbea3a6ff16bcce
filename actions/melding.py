"""Reporting misuse of a recording: safety first, one question at a time, stored on 'ja'."""
import uuid
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import antwoorden, bericht, spreker, terug_van_zijvraag, zeg, zeg_zinnen
from protocol import instellingen, medewerkers
from protocol import meldingformulier as formulier
from protocol import meldingen
from protocol.opslag import nu_utc
from protocol.opslag_meldingen import opslag_meldingen
from protocol.toegang import MEDEWERKER, mag

SLOTS = (*formulier.VELDEN, formulier.WIJZIGING, formulier.AKKOORD, formulier.NOOD, formulier.TEAM, "melding_sleutel",
         "melding_pogingen")
MAX_POGINGEN = 2


def _leeg() -> List[Dict]:
    return [SlotSet(slot, None) for slot in SLOTS]


def overzicht(slots: Dict[str, Any], woorden: Dict[str, str]) -> str:
    """The filled-in fields, a line each; `woorden` are the response's labels and words for choices."""
    regels = []
    for veld in formulier.VELDEN[1:]:
        if formulier.geldt(veld, slots):
            waarde = str(slots[veld])
            regels.append(f"{woorden[veld]}: {woorden.get(f'{veld}_{waarde}') or woorden.get(waarde) or waarde}")
    return "\n".join(regels)


class ActionMeldingStart(Action):
    """Opens the form for who may report; tells others where it is done."""

    def name(self) -> str:
        return "action_melding_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if not mag(spreker(tracker).rol, "melding_doen"):
            zeg(dispatcher, "utter_melding_niet_hier")
            return []
        return [FollowupAction("melding_form")]


class ValidateMeldingForm(FormValidationAction):
    """Reads each message with `protocol.meldingformulier`, asks the next question itself, stores on 'ja'."""

    def name(self) -> str:
        return "validate_melding_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        slots, laatste, wie = tracker.slots, bericht(tracker), spreker(tracker)
        gevraagd = slots.get("requested_slot")
        if terug_van_zijvraag(tracker, self.form_name()):
            self._vraag(dispatcher, gevraagd, slots, domain, kort=True)
            return []
        if gevraagd and formulier.is_nood(laatste, gevraagd):
            zeg(dispatcher, "utter_zelfdoding" if laatste.intent == "zelfdoding" else "utter_melding_onveilig")
            return [SlotSet(formulier.NOOD, laatste.intent)]
        events = []
        if gevraagd == formulier.NOOD:
            # Back after danger: what was asked before is asked again, nothing is lost.
            ingevuld = {**slots, formulier.NOOD: None}
            self._vraag(dispatcher, formulier.volgende_veld(ingevuld), ingevuld, domain)
            return [SlotSet(formulier.NOOD, None)]
        if not slots.get("melding_sleutel"):
            zeg(dispatcher, "utter_melding_start")
            # The manager of a manager is not the one of the own team.
            team = wie.team if wie.rol == MEDEWERKER else None
            events += [SlotSet("melding_sleutel", uuid.uuid4().hex), SlotSet(formulier.TEAM, team)]
            gevraagd = None
        lezing = formulier.lees_bericht(laatste, gevraagd, slots, instellingen.nu())
        zeg_zinnen(dispatcher, lezing.zeg)
        events += [SlotSet(veld, waarde) for veld, waarde in lezing.waarden.items()]
        events += self._pogingen(dispatcher, slots, gevraagd, lezing)
        if lezing.waarden.get(formulier.AKKOORD) == formulier.JA:
            events += self._bewaar(dispatcher, slots, wie)
        if events and not any(zin.vraagt for zin in lezing.zeg):
            ingevuld = {**slots, **{e["name"]: e["value"] for e in events}}
            self._vraag(dispatcher, formulier.volgende_veld(ingevuld), ingevuld, domain)
        return events

    @staticmethod
    def _vraag(dispatcher, veld: Optional[str], slots: Dict[str, Any], domain: Dict[str, Any],
               kort: bool = False) -> None:
        if veld == formulier.AKKOORD and not kort:
            woorden = antwoorden(domain, "utter_melding_overzicht")[0]["metadata"]["woorden"]
            zeg(dispatcher, "utter_melding_overzicht", regels=overzicht(slots, woorden))
        elif veld:
            zeg(dispatcher, f"utter_vraag_{veld}")

    @staticmethod
    def _pogingen(dispatcher, slots, gevraagd, lezing) -> List[Dict]:
        mislukt = bool(lezing.zeg) and lezing.zeg[0].antwoord.startswith("utter_niet_gelezen_")
        pogingen = (slots.get("melding_pogingen") or 0) + 1 if mislukt else 0
        if pogingen >= MAX_POGINGEN:
            zeg(dispatcher, "utter_form_hulp")
        return [SlotSet("melding_pogingen", pogingen)] if lezing.waarden else []

    @staticmethod
    def _bewaar(dispatcher, slots, wie) -> List[Dict]:
        """Stored before it is confirmed; when that fails the form stays open with all its answers."""
        try:
            bewaard = opslag_meldingen().bewaar(
                formulier.melding_uit(slots, wie.sub, slots["melding_sleutel"], nu_utc()))
        except SQLAlchemyError:
            zeg(dispatcher, "utter_melding_niet_opgeslagen")
            return [SlotSet(formulier.AKKOORD, None)]
        return [SlotSet("melding_referentie", bewaard.referentie)]

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        return SlotSet("requested_slot", formulier.volgende_veld(tracker.slots))


class ActionMeldingBevestigen(Action):
    """The reference, what the memo says about this, and what happens now; the form is empty afterwards."""

    def name(self) -> str:
        return "action_melding_bevestigen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        melding = opslag_meldingen().bij_referentie(tracker.get_slot("melding_referentie") or "")
        if melding is None:
            zeg(dispatcher, "utter_melding_niet_opgeslagen")
            return []
        zeg(dispatcher, "utter_melding_ontvangen", referentie=melding.referentie)
        zeg(dispatcher, f"utter_duiding_{meldingen.duiding(melding)}")
        if meldingen.mag_bijwerken(melding, spreker(tracker)):
            vervolg = "zelf"
        elif meldingen.leiding_onbekend(melding, medewerkers.medewerkers()):
            vervolg = "onbekend"
        else:
            vervolg = "betrokkene" if melding.wie == meldingen.IK else "collega"
        zeg(dispatcher, f"utter_melding_vervolg_{vervolg}", referentie=melding.referentie)
        return _leeg()


class ActionMeldingStoppen(Action):
    """Leaves the form; nothing was stored."""

    def name(self) -> str:
        return "action_melding_stoppen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        zeg(dispatcher, "utter_melding_gestopt")
        return _leeg()

"""The request form: fill it in, show it, store it."""
import uuid
from datetime import date, datetime, time
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import agenda, bericht, spreker, terug_van_zijvraag, vorm, zeg, zeg_zinnen
from protocol import datums, instellingen, werkdagen
from protocol import verzoekformulier as formulier
from protocol.opslag import nu_utc, opslag
from protocol.tekst import NOODINTENTS, lijkt_naam, lijkt_vraag
from protocol.toegang import KLANTCONTACT, Spreker, mag
from protocol.verzoeken import CHAT, TELEFOON, Verzoek
from protocol.verzoekformulier import Bericht

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
        gesprekssoort=slots[formulier.SOORT],
        plaats=None if slots[formulier.PLAATS] == formulier.ONBEKEND else slots[formulier.PLAATS],
        met_wie=None if met_wie == formulier.ONBEKEND else met_wie, naam=slots[formulier.NAAM],
        contact=slots[formulier.CONTACT],
        bijzonderheden=None if bijzonderheden == formulier.GEEN else bijzonderheden,
        laatste_dag=telling.laatste_dag, oordeel=telling.oordeel,
        kanaal=TELEFOON if namens else CHAT, vastgelegd_door=wie.sub if namens else None,
    )


def over_termijn(tracker: Tracker) -> bool:
    """Whether the last thing said was the term of a known appointment."""
    gezegd = [(e.get("metadata") or {}).get("utter_action") or "" for e in tracker.events if e.get("event") == "bot"]
    laatste = next((naam for naam in reversed(gezegd) if naam != "utter_verzoek_start"), "")
    return bool(tracker.get_slot("termijn_datum")) and (
        laatste in ("utter_termijn_op_tijd", "utter_termijn_op_de_grens", "utter_termijn_te_laat", "utter_telling"))


def overzicht(slots: Dict[str, Any], woorden: Dict[str, str]) -> Dict[str, str]:
    """The template variables of the summary; `woorden` are the response's words for values that are no free text."""
    telling = werkdagen.tel(date.fromisoformat(slots[formulier.DATUM]), instellingen.nu().date(),
                            instellingen.sluitingsdagen())
    tijd, met_wie, soort = slots[formulier.TIJD], slots[formulier.MET_WIE], slots[formulier.SOORT]
    if slots[formulier.PLAATS] == formulier.ONBEKEND:
        soort += " onbekend"
    return {
        "datum": datums.schrijf_datum(telling.afspraak),
        "tijd": woorden["onbekend"] if tijd == formulier.ONBEKEND else datums.schrijf_tijd(time.fromisoformat(tijd)),
        "waar": woorden[soort].format(plaats=slots[formulier.PLAATS]),
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
        if not mag(wie.rol, "verzoek_doen"):
            zeg(dispatcher, "utter_alleen_klant")
            return []
        namens = wie.rol == KLANTCONTACT
        gevraagd = slots.get("requested_slot")
        woorden = vorm(tracker, domain, "utter_overzicht")
        if terug_van_zijvraag(tracker, self.form_name()):
            self._vraag(dispatcher, gevraagd, slots, woorden, kort=True)
            return []
        if gevraagd and laatste.intent in NOODINTENTS:
            # Danger gets its answer and nothing behind it: the form waits for the next message.
            zeg(dispatcher, f"utter_{laatste.intent}")
            return [SlotSet(formulier.NOOD, laatste.intent)]
        events, begin = [], False
        if gevraagd == formulier.NOOD:
            events.append(SlotSet(formulier.NOOD, None))
            veld = formulier.volgende_veld({**slots, formulier.NOOD: None})
            # "het is weer veilig" is no name: only what reads as an answer is taken for the question left open.
            antwoord = laatste.intent in ("gegevens_geven", "weet_niet") or lijkt_naam(laatste.tekst)
            gevraagd = veld if antwoord else None
        elif gevraagd and laatste.intent == "alleen_geluid" and (
                lijkt_vraag(laatste.tekst) or "ook" in laatste.tekst.split()):
            zeg(dispatcher, "utter_geluid_mag_ook")
            events.append(SlotSet("opnamesoort", "geluid"))
            self._vraag(dispatcher, gevraagd, slots, woorden, kort=True)
            return events
        elif begin := not slots.get("verzoek_sleutel"):
            events.append(SlotSet("verzoek_sleutel", uuid.uuid4().hex))
            if namens:
                # Not asked on the telephone: what the employee should know is said by 'toelichting: ...'.
                events.append(SlotSet(formulier.BIJZONDERHEDEN, formulier.GEEN))
            gevraagd = None
        lezing = formulier.lees_bericht(laatste, gevraagd, slots, nu, instellingen.sluitingsdagen(), namens)
        if not slots.get("verzoek_sleutel") and formulier.DATUM not in lezing.waarden and over_termijn(tracker):
            # The request follows on the question until when it could be made.
            dag = Bericht("", "gegevens_geven", 1.0, {"datum": (slots["termijn_datum"],)})
            uit_vraag = formulier.lees_bericht(dag, formulier.DATUM, slots, nu, instellingen.sluitingsdagen())
            lezing.waarden.update(uit_vraag.waarden)
            lezing.zeg += uit_vraag.zeg
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
            bewaard = opslag().bewaar(verzoek_uit(slots, nu, wie), wie)
        except SQLAlchemyError:
            zeg(dispatcher, "utter_niet_opgeslagen")
            return [SlotSet(formulier.AKKOORD, None)]
        return [SlotSet("referentie", bewaard.referentie)]

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        toegestaan = mag(spreker(tracker).rol, "verzoek_doen")
        return SlotSet("requested_slot", formulier.volgende_veld(tracker.slots) if toegestaan else None)


class ActionVerzoekBevestigen(Action):
    """The reference number and what happens now; the form is empty afterwards."""

    def name(self) -> str:
        return "action_verzoek_bevestigen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if not mag(spreker(tracker).rol, "verzoek_doen"):
            return _leeg()
        verzoek = opslag().bij_referentie(tracker.get_slot("referentie") or "")
        if verzoek is None:
            zeg(dispatcher, "utter_is_opgeslagen")
            return _leeg()
        woorden = vorm(tracker, domain, "utter_overzicht")
        bestand = agenda(tracker, domain, "utter_verzoek_ontvangen", f"{verzoek.referentie}@opnameprotocol",
                         verzoek.afspraak_datum, verzoek.afspraak_tijd,
                         woorden[verzoek.gesprekssoort].format(plaats=verzoek.plaats))
        zeg(dispatcher, "utter_verzoek_ontvangen", bestand=bestand, referentie=verzoek.referentie)
        return _leeg()


class ActionVerzoekStoppen(Action):
    """Leaves the form; nothing was stored."""

    def name(self) -> str:
        return "action_verzoek_stoppen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if bericht(tracker).intent == "alleen_geluid":
            zeg(dispatcher, "utter_alleen_geluid")
            if tracker.active_loop_name:
                zeg(dispatcher, "utter_niet_doorgegeven")
        else:
            zeg(dispatcher, "utter_gestopt" if tracker.active_loop_name else "utter_niets_te_stoppen")
        return _leeg()


class ActionIsOpgeslagen(Action):
    """A true answer to 'is anything stored now?'."""

    def name(self) -> str:
        return "action_is_opgeslagen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        sleutel, referentie = tracker.get_slot("verzoek_sleutel"), tracker.get_slot("referentie")
        bewaard = sleutel and opslag().bij_sleutel(sleutel)
        eerder = not bewaard and referentie and opslag().bij_referentie(referentie)
        if bewaard or (eerder and not sleutel):
            zeg(dispatcher, "utter_is_opgeslagen_ja", referentie=(bewaard or eerder).referentie)
        else:
            zeg(dispatcher, "utter_is_opgeslagen_bezig" if sleutel else "utter_is_opgeslagen")
            if eerder:
                zeg(dispatcher, "utter_eerder_opgeslagen", referentie=eerder.referentie)
        return []

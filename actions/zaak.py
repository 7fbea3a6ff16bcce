"""Following up a report of misuse: how a case stands, and its next step, aligned with the employee every time."""
import uuid
from datetime import datetime
from typing import Any, Dict, List, Optional, Tuple

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.hulp import antwoorden, bericht, knop, spreker, terug_van_zijvraag, zeg, zeg_zinnen
from protocol import datums, instellingen, medewerkers, meldingen
from protocol import zaakformulier as formulier
from protocol.meldingen import Melding
from protocol.opslag import nu_utc
from protocol.opslag_meldingen import Geweigerd, NieuweStap, opslag_meldingen
from protocol.toegang import Spreker, mag

SLOTS = (*formulier.VELDEN, formulier.KEURING, "zaak_stap", "zaak_versie", "zaak_sleutel")


def _leeg() -> List[Dict]:
    return [SlotSet(slot, None) for slot in SLOTS]


def woorden(domain: Dict[str, Any], soort: str) -> Dict[str, str]:
    """The words for states or steps, kept with the response that shows a case."""
    return antwoorden(domain, "utter_zaak")[0]["metadata"][soort]


def moment(op: datetime) -> str:
    """A moment as it is spoken, in Dutch time."""
    hier = op.astimezone(instellingen.TIJDZONE)
    return f"{datums.schrijf_datum(hier.date())} {datums.schrijf_tijd(hier.time())}"


def weiger_zaak(dispatcher, referentie: str, wie: Spreker) -> None:
    """Why a case cannot be seen: the reporter and a possible manager are told how on, others and guesses the same."""
    zaak = opslag_meldingen().bij_referentie(referentie)
    if zaak and meldingen.mag_overnemen(zaak, wie, medewerkers.medewerkers()):
        zeg(dispatcher, "utter_zaak_overnemen", referentie=referentie)
    elif zaak and zaak.melder == wie.sub:
        zeg(dispatcher, "utter_zaak_melder", referentie=referentie)
    else:
        zeg(dispatcher, "utter_zaak_geen_toegang")


def zoek_zaak(tracker: Tracker, wie: Spreker) -> Tuple[Optional[Melding], List[Melding]]:
    """The case that is meant and all that the speaker may see: named now, spoken of before, or the only open one."""
    zichtbaar = opslag_meldingen().zichtbaar(wie)
    genoemd = formulier.lees_zaak(bericht(tracker)) or tracker.get_slot("zaak_referentie")
    gevonden = next((z for z in zichtbaar if z.referentie == genoemd), None)
    open_ = [z for z in zichtbaar if z.toestand in meldingen.OPEN]
    if gevonden is None and len(open_) == 1:
        gevonden = open_[0]
    return gevonden or (zichtbaar[0] if len(zichtbaar) == 1 else None), zichtbaar


def toon(dispatcher, domain, zaak: Melding, wie: Spreker) -> None:
    """The state of a case, what was done, and what the memo puts next; buttons only for who may take a step."""
    stappen, toestanden = woorden(domain, "stappen"), woorden(domain, "toestanden")
    gedaan = [f"- {moment(g.op)}: {stappen[g.stap]} ({g.door})" + "".join(f"; {t}" for t in (g.reden, g.notitie) if t)
              for g in opslag_meldingen().geschiedenis(zaak.referentie)]
    volgende = meldingen.volgende_stappen(zaak)
    knoppen = [knop(stappen[s], "zaak_bijwerken", zaak=zaak.referentie, stap=s) for s in volgende]
    zeg(dispatcher, "utter_zaak", knoppen if meldingen.mag_bijwerken(zaak, wie) else None,
        referentie=zaak.referentie, gemeld=moment(zaak.gemeld_op), toestand=toestanden[zaak.toestand],
        gedaan="\n".join(gedaan) or toestanden["geen_stappen"],
        volgende="\n".join(f"- {stappen[s]}" + (f" ({toestanden['stil']})" if meldingen.STAPPEN[s].stil else "")
                           for s in volgende))


def kies_zaak(dispatcher, domain, zaken: List[Melding], intent: str, **entiteiten: str) -> None:
    """Which case? The open ones as buttons, or that there is none."""
    toestanden = woorden(domain, "toestanden")
    open_ = [z for z in zaken if z.toestand in meldingen.OPEN] or zaken
    if not open_:
        zeg(dispatcher, "utter_geen_zaken")
        return
    zeg(dispatcher, "utter_welke_zaak", [
        knop(f"{z.referentie} ({moment(z.gemeld_op)}, {toestanden[z.toestand]})", intent, zaak=z.referentie, **entiteiten)
        for z in open_[:8]])


class ActionZaak(Action):
    """'Hoe staat het met zaak ...', 'wat is de volgende stap?': for the manager and the affected employee."""

    def name(self) -> str:
        return "action_zaak"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        wie = spreker(tracker)
        if not mag(wie.rol, "zaak_bekijken"):
            zeg(dispatcher, "utter_melding_niet_hier")
            return []
        zaak, zichtbaar = zoek_zaak(tracker, wie)
        genoemd = formulier.lees_zaak(bericht(tracker))
        if genoemd and (zaak is None or zaak.referentie != genoemd):
            weiger_zaak(dispatcher, genoemd, wie)
            return []
        if zaak is None:
            kies_zaak(dispatcher, domain, zichtbaar, "zaak_bekijken")
            return []
        toon(dispatcher, domain, zaak, wie)
        return [SlotSet("zaak_referentie", zaak.referentie)]


class ActionZaakStart(Action):
    """Finds the case and the step in free words, and refuses in words or asks on."""

    def name(self) -> str:
        return "action_zaak_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        wie, laatste = spreker(tracker), bericht(tracker)
        if not mag(wie.rol, "zaak_bijwerken"):
            zeg(dispatcher, "utter_zaak_alleen_leidinggevende")
            return []
        stap, genoemd = formulier.lees_stap(laatste), formulier.lees_zaak(laatste)
        if stap == meldingen.OVERGENOMEN and genoemd:
            return self._neem_over(dispatcher, domain, genoemd, wie)
        zaak, zichtbaar = zoek_zaak(tracker, wie)
        if genoemd and (zaak is None or zaak.referentie != genoemd):
            weiger_zaak(dispatcher, genoemd, wie)
            return []
        if zaak is None:
            kies_zaak(dispatcher, domain, zichtbaar, "zaak_bijwerken", **({"stap": stap} if stap else {}))
            return []
        if not meldingen.mag_bijwerken(zaak, wie):
            zeg(dispatcher, "utter_zaak_geen_toegang")
            return []
        onthoud = [SlotSet("zaak_referentie", zaak.referentie)]
        if stap is None:
            toon(dispatcher, domain, zaak, wie)
            return onthoud
        keuring = meldingen.keur(zaak, stap)
        if keuring.oordeel == meldingen.GEWEIGERD:
            self.weiger(dispatcher, domain, keuring.reden, zaak)
            return onthoud
        return [*onthoud, *_leeg(), SlotSet("zaak_stap", stap), SlotSet("zaak_versie", zaak.versie),
                SlotSet("zaak_sleutel", uuid.uuid4().hex), SlotSet(formulier.KEURING, keuring.oordeel),
                FollowupAction("zaak_form")]

    @staticmethod
    def weiger(dispatcher, domain, reden: str, zaak: Melding) -> None:
        zeg(dispatcher, f"utter_stap_geweigerd_{reden}", referentie=zaak.referentie,
            toestand=woorden(domain, "toestanden")[zaak.toestand])

    @staticmethod
    def _neem_over(dispatcher, domain, referentie: str, wie: Spreker) -> List[Dict]:
        try:
            zaak = opslag_meldingen().neem_over(referentie, uuid.uuid4().hex, wie, nu_utc())
        except Geweigerd:
            zeg(dispatcher, "utter_zaak_geen_toegang")
            return []
        toon(dispatcher, domain, zaak, wie)
        return [SlotSet("zaak_referentie", referentie)]


class ValidateZaakForm(FormValidationAction):
    """Reason, note and the yes of the employee; stored on that yes and on nothing else."""

    def name(self) -> str:
        return "validate_zaak_form"

    async def get_extraction_events(self, dispatcher, tracker, domain) -> List[Dict]:
        return []

    async def get_validation_events(self, dispatcher: CollectingDispatcher, tracker: Tracker,
                                    domain: Dict[str, Any]) -> List[Dict]:
        slots, laatste = tracker.slots, bericht(tracker)
        gevraagd, stap = slots.get("requested_slot"), slots.get("zaak_stap")
        if stap is None or not mag(spreker(tracker).rol, "zaak_bijwerken"):
            return []
        if terug_van_zijvraag(tracker, self.form_name()):
            self._vraag(dispatcher, domain, gevraagd, stap)
            return []
        if gevraagd is None:
            # The words that named the step are no answer to a question yet.
            zeg(dispatcher, f"utter_stap_{stap}")
            self._vraag(dispatcher, domain, formulier.volgende_veld(slots), stap)
            return []
        if formulier.is_nood(laatste, gevraagd):
            zeg(dispatcher, f"utter_{laatste.intent}")  # the way to help, and no question behind it
            return [SlotSet("zaak_stap", stap)]  # an answer all the same: the form is not refused
        lezing = formulier.lees_bericht(laatste, gevraagd)
        zeg_zinnen(dispatcher, lezing.zeg)
        events = [SlotSet(veld, waarde) for veld, waarde in lezing.waarden.items()]
        ingevuld = {**slots, **lezing.waarden}
        if lezing.waarden.get(formulier.AFGESTEMD) == formulier.NEE:
            zeg(dispatcher, "utter_stap_geweigerd_niet_afgestemd")
        elif lezing.waarden.get(formulier.AFGESTEMD) == formulier.JA:
            events += self._bewaar(dispatcher, domain, ingevuld, spreker(tracker))
        elif events:
            self._vraag(dispatcher, domain, formulier.volgende_veld(ingevuld), stap)
        return events

    @staticmethod
    def _vraag(dispatcher, domain, veld: Optional[str], stap: str) -> None:
        if veld:
            zeg(dispatcher, f"utter_vraag_{veld}", stap=woorden(domain, "stappen")[stap])

    @staticmethod
    def _bewaar(dispatcher, domain, slots: Dict[str, Any], wie: Spreker) -> List[Dict]:
        notitie = slots[formulier.NOTITIE]
        stap = NieuweStap(slots["zaak_sleutel"], slots["zaak_stap"], slots["zaak_versie"], True,
                          slots.get(formulier.REDEN), None if notitie == formulier.GEEN else notitie)
        try:
            zaak = opslag_meldingen().zet_stap(slots["zaak_referentie"], stap, wie, nu_utc())
        except Geweigerd as fout:
            zaak = opslag_meldingen().bij_referentie(slots["zaak_referentie"])
            ActionZaakStart.weiger(dispatcher, domain, fout.reden, zaak)
            return []
        except SQLAlchemyError:
            zeg(dispatcher, "utter_stap_niet_opgeslagen")
            return [SlotSet(formulier.AFGESTEMD, None)]
        zeg(dispatcher, "utter_stap_opgeslagen", stap=woorden(domain, "stappen")[stap.stap])
        toon(dispatcher, domain, zaak, wie)
        return []

    async def next_requested_slot(self, dispatcher, tracker, domain) -> Optional[Dict]:
        return SlotSet("requested_slot", formulier.volgende_veld(tracker.slots))


class ActionZaakKlaar(Action):
    """After a step, or after leaving it: the form is empty. Only who stops hears that nothing was stored."""

    def name(self) -> str:
        return "action_zaak_klaar"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        if tracker.active_loop_name:
            zeg(dispatcher, "utter_stap_gestopt")
        return _leeg()

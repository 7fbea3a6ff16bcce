"""Drafts for a case and figures on reports: the address under which they can be fetched for a short while."""
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hulp import antwoorden, bericht, spreker, zeg
from actions.zaak import kies_zaak, weiger_zaak, zoek_zaak
from protocol import cijfers, concepten, downloads, instellingen, meldingen
from protocol import zaakformulier as formulier
from protocol.opslag_meldingen import opslag_meldingen
from protocol.toegang import mag


class ActionMeldingLater(Action):
    """Another task in the middle of a form: first this one, or stop."""

    def name(self) -> str:
        return "action_melding_later"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        zeg(dispatcher, "utter_melding_later")
        return []


class ActionConcept(Action):
    """A draft for the case that is meant; only for its own manager."""

    def name(self) -> str:
        return "action_concept"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        wie, laatste = spreker(tracker), bericht(tracker)
        if not mag(wie.rol, "concept_vragen"):
            zeg(dispatcher, "utter_concept_niet_voor_u")
            return []
        gekozen = laatste.entiteiten.get("concept", ())
        soort = gekozen[0] if gekozen and gekozen[0] in concepten.SOORTEN else concepten.lees_soort(laatste.tekst)
        genoemd = formulier.lees_zaak(laatste)
        zaak, zichtbaar = zoek_zaak(tracker, wie)
        if genoemd and (zaak is None or zaak.referentie != genoemd):
            weiger_zaak(dispatcher, genoemd, wie)
            return []
        if zaak is None:
            kies_zaak(dispatcher, domain, zichtbaar, "concept_vragen", **({"concept": soort} if soort else {}))
            return []
        if not meldingen.mag_bijwerken(zaak, wie):
            zeg(dispatcher, "utter_concept_niet_voor_u")
            return []
        onthoud = [SlotSet("zaak_referentie", zaak.referentie)]
        if soort is None:
            zeg(dispatcher, "utter_welk_concept")
            return onthoud
        if not concepten.past(soort, zaak):
            zeg(dispatcher, "utter_concept_past_niet")
            return onthoud
        token = downloads.maak(instellingen.instellingen().geheim,
                               downloads.Adres("concept", wie, zaak.referentie, soort))
        zeg(dispatcher, "utter_concept_klaar", referentie=zaak.referentie, minuten=downloads.MINUTEN,
            concept=antwoorden(domain, "utter_concept_klaar")[0]["metadata"]["concepten"][soort],
            adres=f"/medewerker/concept/{token}")
        return onthoud


class ActionCijfers(Action):
    """The figures of the memo, and for a manager those of the reports in this chat."""

    def name(self) -> str:
        return "action_cijfers"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[Dict]:
        wie = spreker(tracker)
        zeg(dispatcher, "utter_cijfers_misbruik")
        if not mag(wie.rol, "meldingen_cijfers"):
            return []
        jaren = cijfers.per_jaar(opslag_meldingen().alle())
        if not jaren:
            zeg(dispatcher, "utter_cijfers_eigen_geen")
            return []
        token = downloads.maak(instellingen.instellingen().geheim, downloads.Adres("cijfers", wie))
        zeg(dispatcher, "utter_cijfers_eigen", regels="\n".join(concepten.cijferregels(jaren)), grens=cijfers.GRENS,
            minuten=downloads.MINUTEN, adres=f"/medewerker/cijfers/{token}")
        return []

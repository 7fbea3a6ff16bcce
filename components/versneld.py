"""Rasa 3.6.21 does some work again at every turn that gives the same outcome each time; here it is done once.

`pas_toe()` puts these in place when the server starts. Each one only saves time: tests/kanaal/test_versneld.py holds
every one beside the original. Measured shares of a turn are in docs/bench.md.
"""
from __future__ import annotations

import asyncio
import copy
import ctypes
import functools
import gc
import json
import logging
from typing import Any, Dict, List, Optional, Set, Text, Tuple, Type

import aiohttp
import rasa.core.actions.action as acties
import rasa.core.actions.forms as formulieren
import rasa.core.policies.rule_policy as regels
import rasa.core.processor as verwerker
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import State
from rasa.shared.core.events import Event
from rasa.shared.nlu.constants import ACTION_NAME, INTENT
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

ORIGINEEL = {
    "antwoord": acties.RemoteAction._validate_action_result,
    "soort": Event.resolve_by_type,
    "sleutels": regels.RulePolicy._get_possible_keys,
    "sessie": EndpointConfig.session,
    "spacy": SpacyNLP.load_model,
}


@functools.lru_cache(maxsize=1)
def _keurder() -> Any:
    """The validator of the action server's replies; making one checks the whole schema, half of a form turn."""
    vorm = acties.RemoteAction.action_response_format_spec()
    soort = validator_for(vorm)
    soort.check_schema(vorm)
    return soort(vorm)


def _validate_action_result(self: acties.RemoteAction, result: Dict[Text, Any]) -> bool:
    # is_valid would not say why; the first error is what `jsonschema.validate` picks too (best_match).
    if not _keurder().is_valid(result):
        ORIGINEEL["antwoord"](self, result)  # raises, with its own words
        raise ValidationError("the reply of the action server is not valid")
    return True


_SOORTEN: Dict[Text, Type[Event]] = {}


def resolve_by_type(type_name: Text, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
    """The class of an event's name; the original walks the tree of all event classes for every stored event."""
    if type_name not in _SOORTEN:
        for soort in reversed(all_subclasses(Event)):  # of two with one name the original takes the first
            _SOORTEN[soort.type_name] = soort
    return _SOORTEN.get(type_name) or ORIGINEEL["soort"](type_name, default)


# Rules by the last state that they ask for: previous action and intent. None: the rule does not say.
Index = Dict[Tuple[Optional[Text], Optional[Text]], List[Text]]


@functools.lru_cache(maxsize=None)
def _toestanden(sleutel: Text) -> Tuple[State, ...]:
    """A rule's states, the last one first. Rasa remembers 1,000 rules; with more it reads all JSON anew each turn."""
    return tuple(reversed(json.loads(sleutel)))


def _vast(waarde: Any) -> Optional[Text]:
    return waarde if isinstance(waarde, str) and waarde and waarde != regels.SHOULD_NOT_BE_SET else None


def _plek(toestand: State) -> Tuple[Optional[Text], Optional[Text]]:
    return (_vast(toestand.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)), _vast(toestand.get(USER, {}).get(INTENT)))


# By identity: a lookup is read from the model once and never changes after that.
_INDEXEN: Dict[int, Tuple[Dict[Text, Text], int, Index]] = {}


def _index(lookup: Dict[Text, Text]) -> Index:
    bewaard = _INDEXEN.get(id(lookup))
    if bewaard is None or bewaard[0] is not lookup or bewaard[1] != len(lookup):
        index: Index = {}
        for sleutel in lookup:
            toestanden = _toestanden(sleutel)
            index.setdefault(_plek(toestanden[0]) if toestanden else (None, None), []).append(sleutel)
        if len(_INDEXEN) > 8:  # models that were replaced
            _INDEXEN.clear()
        bewaard = _INDEXEN[id(lookup)] = (lookup, len(lookup), index)
    return bewaard[2]


def _get_possible_keys(self: regels.RulePolicy, lookup: Dict[Text, Text], states: List[State]) -> Set[Text]:
    """The rules that fit the conversation, looked for among those whose last state can fit at all."""
    if not states:
        return set(lookup)
    actie, intent = _plek(states[-1])
    index = _index(lookup)
    plekken = {(a, i) for a in (actie, None) for i in (intent, None)}
    mogelijk = {sleutel for plek in plekken for sleutel in index.get(plek, ())}
    for beurt, toestand in enumerate(reversed(states)):
        mogelijk = {sleutel for sleutel in mogelijk if _past(self, _toestanden(sleutel), beurt, toestand)}
        if not mogelijk or all(beurt + 1 >= len(_toestanden(sleutel)) for sleutel in mogelijk):
            break  # none is left, or none of them looks further back
    return mogelijk


def _past(beleid: regels.RulePolicy, regel: Tuple[State, ...], beurt: int, toestand: State) -> bool:
    """`RulePolicy._is_rule_applicable`, with the rule's states at hand."""
    if beurt >= len(regel):
        return True
    vorige_nu, vorige_regel = toestand.get(PREVIOUS_ACTION), regel[beurt].get(PREVIOUS_ACTION)
    if not vorige_regel or not vorige_nu:
        return not vorige_regel and not vorige_nu
    return beleid._does_rule_match_state(regel[beurt], toestand)


class _Geleend:
    """A session that stays open after `async with`."""

    def __init__(self, sessie: aiohttp.ClientSession) -> None:
        self._sessie = sessie

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._sessie

    async def __aexit__(self, *_: Any) -> None:
        pass


# By identity: an endpoint cannot be hashed and lives as long as the server.
_SESSIES: Dict[int, Tuple[EndpointConfig, Any, aiohttp.ClientSession]] = {}


def session(self: EndpointConfig) -> _Geleend:
    """One session per server: connections to the action server are kept, and not made and closed at every action."""
    loop = asyncio.get_running_loop()
    bewaard = _SESSIES.get(id(self))
    if bewaard is None or bewaard[0] is not self or bewaard[1] is not loop or bewaard[2].closed:
        bewaard = _SESSIES[id(self)] = (self, loop, ORIGINEEL["sessie"](self))
    return _Geleend(bewaard[2])


@functools.lru_cache(maxsize=1)
def load_model(spacy_model_name: Text) -> SpacyModel:
    """One spaCy pipeline for both graph nodes that ask for it: they only read it."""
    return ORIGINEEL["spacy"](spacy_model_name)


class _Kopie:
    """Stands in for the module `copy` where Rasa copies whole events for log lines that nobody asked for."""

    def __getattr__(self, naam: Text) -> Any:
        return getattr(copy, naam)

    @staticmethod
    def deepcopy(waarde: Any) -> Any:
        return copy.deepcopy(waarde) if logging.getLogger("rasa").isEnabledFor(logging.DEBUG) else waarde


def ruim_op() -> None:
    """Once the model is there: gives back what loading it took, and keeps the collector from going through it each time."""
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc only
    if trim is not None:
        trim(0)


def pas_toe() -> None:
    """Puts everything in place; a second time changes nothing."""
    acties.RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(resolve_by_type)
    regels.RulePolicy._get_possible_keys = _get_possible_keys
    EndpointConfig.session = session
    SpacyNLP.load_model = staticmethod(load_model)
    # In these modules every deepcopy is an argument of a debug line.
    verwerker.copy = formulieren.copy = regels.copy = _Kopie()

"""A message in another language, recognised with lingua; only when it is sure."""
import re
from typing import Any, Dict, List, Text

from lingua import Language, LanguageDetectorBuilder
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

# Languages that people in the Netherlands write to UWV in. No language so near to a misspelt Dutch sentence
# that it takes Dutch for itself (Afrikaans, Frisian).
TALEN = [Language.DUTCH, Language.ENGLISH, Language.GERMAN, Language.FRENCH, Language.SPANISH, Language.POLISH,
         Language.TURKISH, Language.ARABIC, Language.UKRAINIAN, Language.RUSSIAN, Language.ITALIAN, Language.PORTUGUESE,
         Language.ROMANIAN, Language.BULGARIAN]
_WOORD = re.compile(r"[^\W\d_]{2,}")


def is_andere_taal(detector: Any, tekst: str, hoogstens_nederlands: float, minstens_woorden: int) -> bool:
    """Whether a text is surely not Dutch. A name, a date or a word or two is never sure."""
    woorden = _WOORD.findall(tekst)
    if len(woorden) < minstens_woorden or sum(not w[0].isupper() for w in woorden) < 2:
        return False
    taal = detector.detect_language_of(tekst)
    # None: no language fits. That is a fragment or nonsense, and no reason to answer in English.
    return taal not in (None, Language.DUTCH) \
        and detector.compute_language_confidence(tekst, Language.DUTCH) < hoogstens_nederlands


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LanguageGuard(GraphComponent, IntentClassifier):
    """Stands behind the intent classifier and turns its verdict into `intent` for a text that is not Dutch.

    lingua's low accuracy mode: 20 MB and 0.1 ms a message, where the full models take 230 MB and are no better on our
    short texts (docs/begrip.md).
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        # Who is in danger gets help, in whatever language it was said. What the classifier is sure of is Dutch.
        return {"intent": "andere_taal", "max_dutch": 0.01, "min_words": 3, "unless_sure": 0.8,
                "never": ["gegevens_geven", "gevaar", "zelfdoding"]}

    def __init__(self, config: Dict[Text, Any]):
        self._config = config
        self._detector = LanguageDetectorBuilder.from_languages(*TALEN).with_low_accuracy_mode().build()

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "LanguageGuard":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            gelezen = message.get("intent") or {}
            if gelezen.get("name") in (*self._config["never"], self._config["intent"]) \
                    or gelezen.get("confidence", 0.0) >= self._config["unless_sure"]:
                continue
            if is_andere_taal(self._detector, message.get(TEXT) or "", self._config["max_dutch"],
                              self._config["min_words"]):
                message.set("intent", {"name": self._config["intent"], "confidence": 1.0}, add_to_output=True)
        return messages

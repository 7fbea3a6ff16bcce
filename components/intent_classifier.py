"""Intent classification: components/verstaander.py as a Rasa component."""
from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, List, Optional, Text

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.begrippen import TABEL
from components.deelvragen import deelvragen
from components.verstaander import NIET_BEGREPEN, Verstaander


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Stands in for the stock featurizers and classifiers: the comparison is in docs/begrip.md.

    It loads in a fraction of a second, honours class weights, does not fail on an empty message, and knows nonsense.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"C": 1.0, "nonsense": 400, "ranking_length": 10,
                # The intents of matters that are not ours, and the part of the probability from which they together
                # keep a message from being taken for a topic.
                "out_of_scope": [], "out_of_scope_threshold": 1.0,
                # Two questions in one message: intents that may stand beside another, and how sure each must be.
                "questions": [], "question_threshold": 0.6}

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
                 verstaander: Any = None):
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._verstaander = verstaander

    @classmethod
    def create(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> "NgramIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> "NgramIntentClassifier":
        with model_storage.read_from(resource) as folder:
            verstaander = joblib.load(folder / "verstaander.joblib")
        verstaander.kansen([""])  # reads its tables now, and not while the first person waits
        return cls(config, model_storage, resource, verstaander)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """What Rasa's cache cannot see: the code and the concepts that the model is made with."""
        bestanden = [*Path(__file__).parent.glob("*.py"), TABEL]
        return sha256(b"".join(b.read_bytes() for b in sorted(bestanden))).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all examples that have an intent, and store."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        self._verstaander = Verstaander(self._config["C"], self._config["nonsense"]).fit(
            [e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples])
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._verstaander, folder / "verstaander.joblib")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent and the ranking of each message; an empty message gets confidence 0."""
        kansen = self._verstaander.kansen([m.get(TEXT) or "" for m in messages])
        for message, row in zip(messages, kansen):
            known = bool((message.get(TEXT) or "").strip())
            ranking = [{"name": self._verstaander.klassen[i], "confidence": float(row[i]) if known else 0.0}
                       for i in np.argsort(-row)[: self._config["ranking_length"]]]
            message.set("intent", self._oordeel(ranking, row), add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            self._splits(message)
        return messages

    def _splits(self, message: Message) -> None:
        """Two clear questions: each becomes an entity `deelvraag`, and the first is the intent."""
        vragen = deelvragen(message.get(TEXT) or "", self._verstaander.kansen, self._verstaander.klassen,
                            set(self._config["questions"]), self._config["question_threshold"])
        if not vragen:
            return
        message.set("entities", (message.get("entities") or []) + [
            {"entity": "deelvraag", "value": v.intent, "start": v.begin, "end": v.eind,
             "confidence_entity": v.kans, "extractor": type(self).__name__} for v in vragen], add_to_output=True)
        eerste = {"name": vragen[0].intent, "confidence": vragen[0].kans}
        message.set("intent", eerste, add_to_output=True)
        message.set("intent_ranking", [eerste], add_to_output=True)

    def _oordeel(self, ranking: List[Dict[Text, Any]], row: np.ndarray) -> Dict[Text, Any]:
        """The best intent, unless the matters that are not ours together weigh too much against a topic."""
        buiten = {*self._config["out_of_scope"], NIET_BEGREPEN}
        kans = float(sum(k for naam, k in zip(self._verstaander.klassen, row) if naam in buiten))
        if ranking[0]["name"] not in buiten and kans >= self._config["out_of_scope_threshold"]:
            return {"name": NIET_BEGREPEN, "confidence": kans}
        return ranking[0]

"""Entities that are closed lists, found by the spaCy entity ruler."""
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.spacy_entity_extractor import SpacyEntityExtractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False, model_from="SpacyNLP")
class PatternEntityExtractor(SpacyEntityExtractor):
    """SpacyEntityExtractor that gives the pattern's id as the value.

    'filmpje', 'camera' and 'videoopname' are one value, `beeld`; the stock extractor gives the words themselves and
    needs every spelling a second time as a synonym.
    """

    @staticmethod
    def _extract_entities(doc: Any) -> List[Dict[Text, Any]]:
        return [
            {"entity": ent.label_, "value": ent.ent_id_ or ent.text, "start": ent.start_char, "end": ent.end_char,
             "confidence": None}
            for ent in doc.ents
        ]

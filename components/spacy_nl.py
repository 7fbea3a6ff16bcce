"""Builds the Dutch spaCy pipeline that config.yml loads from models/spacy_nl.

`python -m components.spacy_nl`; OPNAME_SPACY_MODEL=nl_core_news_md takes that installed model as the base.
"""
import json
import os
from pathlib import Path

import spacy

DOEL = Path("models/spacy_nl")
PATRONEN = Path("data/entiteiten")


def patronen(map_: Path = PATRONEN) -> list:
    """All patterns of data/entiteiten: {label, id, pattern}, one JSON object a line."""
    return [json.loads(regel) for bestand in sorted(map_.glob("*.jsonl"))
            for regel in bestand.read_text("utf-8").splitlines() if regel.strip()]


def bouw() -> spacy.Language:
    """The pipeline: tokenizer and entity ruler. Lemmas come straight from spacy-lookups-data (components/normalisatie.py)."""
    basis = os.environ.get("OPNAME_SPACY_MODEL")
    nlp = spacy.load(basis, exclude=["ner"]) if basis else spacy.blank("nl")
    nlp.add_pipe("entity_ruler").add_patterns(patronen())
    return nlp


if __name__ == "__main__":
    bouw().to_disk(DOEL)
    print(f"spaCy-pijplijn staat in {DOEL}")

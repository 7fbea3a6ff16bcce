"""One whole Rasa pipeline, trained and timed in a process of its own: `python -m tools.evaluate.rasa_pijplijn IN UIT`.

IN is JSON {"config": path, "teksten": [...]}; UIT gets {"train_s", "laad_s", "mb", "ms", "intents"}.
"""
import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict


def draai(config: str, teksten: list) -> Dict[str, Any]:
    """Train the NLU of `config` on data/nlu without any cache, and read all texts with it."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    with tempfile.TemporaryDirectory() as map_:
        begin = time.perf_counter()
        model = train_nlu(config, "data/nlu", map_, fixed_model_name="nlu", domain="domain.yml")
        getraind = time.perf_counter()
        agent = Agent.load(str(model))
        geladen = time.perf_counter()

    async def lees() -> tuple:
        uit, duur = [], []
        for tekst in teksten:
            start = time.perf_counter()
            uit.append((await agent.parse_message(tekst))["intent"]["name"] or "nlu_fallback")
            duur.append(time.perf_counter() - start)
        return uit, duur

    intents, duur = asyncio.new_event_loop().run_until_complete(lees())
    return {"train_s": round(getraind - begin, 1), "laad_s": round(geladen - getraind, 2),
            "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "ms": round(statistics.median(duur) * 1000, 2), "intents": intents}


if __name__ == "__main__":
    vraag = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    Path(sys.argv[2]).write_text(json.dumps(draai(vraag["config"], vraag["teksten"])), "utf-8")

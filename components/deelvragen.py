"""Two questions in one message: cut it into its sentences, and find the ones that are clear questions of their own."""
import re
from typing import Callable, List, NamedTuple, Sequence, Set, Tuple

import numpy as np

# A question begins anew after the end of a sentence, after "en ook", and after "en" with the verb or word of a question.
_GRENS = re.compile(
    r"(?<=[.!?])\s+|\s*[,;]?\s+(?:en|of|maar)\s+(?=(?:ook\s+|verder\s+|dan\s+)?(?:mag|mogen|kan|kunnen|moet|moeten|hoe|wat|wie|waar"
    r"|wanneer|waarom|welke?|tot wanneer|hoeveel|hoelang|krijg|geldt|is het|is dat|heb ik|hoef)\b)|\s+(?:en ook|daarnaast|verder nog)\s+",
    re.I)
MINSTENS_WOORDEN = 2
HOOGSTENS_DELEN = 4


class Deel(NamedTuple):
    """A part of a message that is a question of its own."""

    intent: str
    kans: float
    begin: int
    eind: int


def stukken(tekst: str) -> List[Tuple[int, int]]:
    """The (begin, end) of the parts of a text that could be questions of their own."""
    grenzen = [0]
    for gevonden in _GRENS.finditer(tekst):
        grenzen += [gevonden.start(), gevonden.end()]
    grenzen.append(len(tekst))
    delen = [(a, b) for a, b in zip(grenzen[::2], grenzen[1::2]) if len(tekst[a:b].split()) >= MINSTENS_WOORDEN]
    return delen if len(delen) <= HOOGSTENS_DELEN else []


def deelvragen(tekst: str, kansen: Callable[[Sequence[str]], np.ndarray], klassen: Sequence[str], onderwerpen: Set[str],
               drempel: float) -> List[Deel]:
    """The parts that are surely about two or more different topics, in order; [] for a message about one thing.

    `onderwerpen`: the intents that can be answered beside another. `drempel`: how sure each part must be.
    """
    delen = stukken(tekst)
    if len(delen) < 2:
        return []
    gevonden: List[Deel] = []
    for (begin, eind), rij in zip(delen, kansen([tekst[a:b] for a, b in delen])):
        beste = int(rij.argmax())
        intent, kans = klassen[beste], float(rij[beste])
        # A sentence that ends in a full stop tells the story.
        vraagt = not tekst[begin:eind].rstrip().endswith((".", "!"))
        if intent in onderwerpen and kans >= drempel and vraagt and intent not in {d.intent for d in gevonden}:
            gevonden.append(Deel(intent, kans, begin, eind))
    return gevonden if len(gevonden) >= 2 else []

"""Nonsense to learn what is no question: keys hit at random, shuffled letters, words thrown together."""
import random
from typing import List, Sequence

_RIJEN = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _toetsen(r: random.Random) -> str:
    soort, rij = r.randrange(4), r.choice(_RIJEN)
    if soort == 0:
        return "".join(r.choice(rij) for _ in range(r.randint(3, 10)))
    if soort == 1:
        return "".join(r.choice(_LETTERS) for _ in range(r.randint(3, 10)))
    if soort == 2:
        begin = r.randint(0, len(rij) - 4)
        return rij[begin:begin + r.randint(3, 7)] * r.randint(1, 2)
    return r.choice(_LETTERS) * r.randint(3, 9)


def _gehusseld(r: random.Random, woord: str) -> str:
    return "".join(r.sample(woord, len(woord)))


def onzin(woorden: Sequence[str], aantal: int, zaad: int = 7) -> List[str]:
    """`aantal` texts, the same every time: half random keys, a quarter loose words, a quarter shuffled words."""
    r = random.Random(zaad)  # nosec B311: the same nonsense every time, no secret
    uit = []
    for nummer in range(aantal):
        if nummer % 4 < 2:
            uit.append(" ".join(_toetsen(r) for _ in range(r.randint(1, 5))))
        elif nummer % 4 == 2:
            uit.append(" ".join(r.choice(woorden) for _ in range(r.randint(3, 9))))
        else:
            uit.append(" ".join(_gehusseld(r, r.choice(woorden)) if r.random() < 0.7 else _toetsen(r)
                                for _ in range(r.randint(1, 6))))
    return uit

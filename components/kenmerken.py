"""What the intent classifier looks at in a message: words, lemmas, letters, sounds, word pairs and concepts.

Compared by cross-validation with less and more in docs/begrip.md.
"""
import re
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Dict, List, NamedTuple, Optional

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from components.begrippen import begrippen, met_paren
from components.normalisatie import klank, lemmas, normaliseer

_ZIN = re.compile(r"(?<=[.!?])\s+")
_WOORD = re.compile(r"\w+|\?")
# Within so many words two words are a pair.
VENSTER = 4
# The weight of each block, and of the question sentence once more: a long story is about its question.
GEWICHTEN = {"woorden": 1.0, "lemmas": 1.0, "letters": 1.2, "klanken": 1.0, "paren": 1.0, "begrippen": 0.6,
             "vraag_letters": 0.7, "vraag_begrippen": 0.4}


class Tekst(NamedTuple):
    """A message, normalised once for all features, and its question sentence."""

    alles: str
    vraag: str


def vraagzin(tekst: str) -> str:
    """The last question of a text of several sentences, else its last sentence; one sentence is itself."""
    zinnen = [z for z in _ZIN.split(tekst) if z.strip()]
    if len(zinnen) < 2:
        return tekst
    vragen = [z for z in zinnen if z.rstrip().endswith("?")]
    return (vragen or zinnen)[-1]


def lees(tekst: str) -> Tekst:
    alles = normaliseer(tekst)
    return Tekst(alles, vraagzin(alles))


def _lemmas(tekst: str) -> List[str]:
    tabel = lemmas()
    return [tabel.get(w, w) for w in _WOORD.findall(tekst)]


def lemma_bigrammen(tekst: Tekst) -> List[str]:
    woorden = _lemmas(tekst.alles)
    return woorden + [f"{a}_{b}" for a, b in zip(woorden, woorden[1:])]


def lemma_paren(tekst: Tekst) -> List[str]:
    woorden = _lemmas(tekst.alles)
    return [f"{a}~{b}" for i, a in enumerate(woorden) for b in islice(woorden, i + 1, i + 1 + VENSTER)]


def alle_begrippen(tekst: Tekst) -> List[str]:
    return met_paren(begrippen(tekst.alles))


def begrippen_in_vraag(tekst: Tekst) -> List[str]:
    return met_paren(begrippen(tekst.vraag))


def klanken(tekst: Tekst) -> str:
    return klank(tekst.alles)


class Gewogen(BaseEstimator, TransformerMixin):
    """A vectoriser with a weight; the union's own weights would be applied after it has copied the matrix."""

    def __init__(self, vectoriser: TfidfVectorizer, gewicht: float = 1.0):
        self.vectoriser = vectoriser
        self.gewicht = gewicht

    def fit(self, X, y=None):
        self.vectoriser.fit(X)
        return self

    def transform(self, X):
        return self.vectoriser.transform(X) * self.gewicht


def _vectorisers() -> Dict[str, TfidfVectorizer]:
    tfidf = partial(TfidfVectorizer, sublinear_tf=True)
    letters = partial(tfidf, analyzer="char_wb", ngram_range=(2, 5), min_df=2, lowercase=False)
    return {
        "woorden": tfidf(preprocessor=attrgetter("alles"), ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b|\?"),
        "lemmas": tfidf(analyzer=lemma_bigrammen),
        "letters": letters(preprocessor=attrgetter("alles")),
        "klanken": letters(preprocessor=klanken),
        "paren": tfidf(analyzer=lemma_paren, min_df=2),
        "begrippen": tfidf(analyzer=alle_begrippen, min_df=2),
        "vraag_letters": letters(preprocessor=attrgetter("vraag")),
        "vraag_begrippen": tfidf(analyzer=begrippen_in_vraag, min_df=2),
    }


def kenmerken(gewichten: Optional[Dict[str, float]] = None) -> FeatureUnion:
    """The feature blocks named in `gewichten` (all of GEWICHTEN by default); fits on lists of Tekst."""
    gewichten = GEWICHTEN if gewichten is None else gewichten
    vectorisers = _vectorisers()
    return FeatureUnion([(naam, Gewogen(vectorisers[naam], gewicht)) for naam, gewicht in gewichten.items()])

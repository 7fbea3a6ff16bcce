"""The classifier itself, without Rasa: so that the evaluation can take it apart and compare it."""
import re
from typing import Any, Dict, List, Optional, Sequence

import numpy as np
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from scipy.special import softmax
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from components.kenmerken import Tekst, kenmerken, lees
from components.onzin import onzin

NIET_BEGREPEN = "nlu_fallback"
_WOORD = re.compile(r"[^\W\d_]+")


def _svm(c: float) -> LinearSVC:
    return LinearSVC(C=c, class_weight="balanced", random_state=0)


class Verstaander:
    """A linear SVM over many sparse features, its scores turned into probabilities by one fitted temperature.

    Nonsense is a class of its own (`nlu_fallback`), made while training.
    """

    def __init__(self, c: float = 1.0, nonsens: int = 400, gewichten: Optional[Dict[str, float]] = None):
        self.c, self.nonsens, self.gewichten = c, nonsens, gewichten

    def fit(self, teksten: Sequence[str], intents: Sequence[str]) -> "Verstaander":
        woorden = sorted({w for t in teksten for w in _WOORD.findall(t.lower())})
        gemaakt = onzin(woorden, self.nonsens) if self.nonsens else []
        gelezen = [lees(t) for t in [*teksten, *gemaakt]]
        y = np.array([*intents, *[NIET_BEGREPEN] * len(gemaakt)])
        self._kenmerken = kenmerken(self.gewichten)
        X = self._kenmerken.fit_transform(gelezen).tocsr()
        svm = _svm(self.c).fit(X, y)
        self.klassen: List[str] = list(svm.classes_)
        # By feature, and in half the memory: a message then touches only the rows that it has, and copies nothing.
        self._gewichten = np.ascontiguousarray(svm.coef_.T, dtype=np.float32)
        self._begin = svm.intercept_
        self.temperatuur = self._ijk(X, y)
        return self

    def _ijk(self, X: Any, y: np.ndarray) -> float:
        """The temperature under which scores of sentences not trained on are the most honest probabilities."""
        scores = np.zeros((len(y), len(self.klassen)))
        delen = list(StratifiedKFold(3, shuffle=True, random_state=0).split(X, y))
        # Threads: liblinear lets go of Python's lock, and the matrix is not copied.
        svms = Parallel(n_jobs=-1, prefer="threads")(delayed(_svm(self.c).fit)(X[geleerd], y[geleerd]) for geleerd, _ in delen)
        for svm, (_, nieuw) in zip(svms, delen):
            scores[nieuw] = svm.decision_function(X[nieuw])
        goed = np.searchsorted(self.klassen, y)
        rij = np.arange(len(y))

        def verlies(t: float) -> float:
            return -np.log(softmax(t * scores, axis=1)[rij, goed] + 1e-12).mean()

        return float(minimize_scalar(verlies, bounds=(0.5, 20.0), method="bounded").x)

    def kansen(self, teksten: Sequence[str]) -> np.ndarray:
        """A row of probabilities per text, in the order of `klassen`."""
        gelezen: List[Tekst] = [lees(t) for t in teksten]
        X = self._kenmerken.transform(gelezen).tocsr().astype(np.float32)
        return softmax(self.temperatuur * (X @ self._gewichten + self._begin), axis=1)

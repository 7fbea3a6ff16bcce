"""Pipelines compared by cross-validation on the training data, in one run."""
import time
from typing import Any, Callable, Dict, List, NamedTuple, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline

from components.kenmerken import GEWICHTEN, kenmerken, lees
from components.verstaander import Verstaander
from tools.evaluate.gegevens import NIET_VAN_ONS, Zin

DELEN = 5


class Sklearn:
    """A scikit-learn classifier behind the same features as the assistant's own."""

    def __init__(self, classifier: Any, blokken: Sequence[str]):
        self._pijplijn = make_pipeline(kenmerken({b: GEWICHTEN[b] for b in blokken}), classifier)

    def fit(self, teksten: Sequence[str], intents: Sequence[str]) -> "Sklearn":
        self._pijplijn.fit([lees(t) for t in teksten], list(intents))
        self.klassen = list(self._pijplijn.classes_)
        return self

    def kansen(self, teksten: Sequence[str]) -> np.ndarray:
        return self._pijplijn.predict_proba([lees(t) for t in teksten])


def _lr() -> LogisticRegression:
    # 60 rounds are as right as 400: scikit-learn's warning about it is turned off in __main__.
    return LogisticRegression(C=20.0, max_iter=60, tol=1e-3, class_weight="balanced")


def _eigen(*blokken: str) -> Callable[[], Verstaander]:
    return lambda: Verstaander(gewichten={b: GEWICHTEN[b] for b in blokken})


KORT = ("woorden", "letters")
ZONDER_VRAAG = tuple(b for b in GEWICHTEN if not b.startswith("vraag_"))
PIJPLIJNEN: Dict[str, Callable[[], Any]] = {
    "woorden, logistische regressie": lambda: Sklearn(_lr(), ("woorden",)),
    "+ letters, logistische regressie": lambda: Sklearn(_lr(), KORT),
    "woorden + letters, SGD": lambda: Sklearn(
        SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=30, class_weight="balanced", random_state=0), KORT),
    "woorden + letters, lineaire SVM": _eigen(*KORT),
    "+ lemma's en klanken": _eigen(*KORT, "lemmas", "klanken"),
    "+ begrippen": _eigen(*KORT, "lemmas", "klanken", "begrippen"),
    "+ woordparen": _eigen(*ZONDER_VRAAG),
    "+ vraagzin (gekozen)": lambda: Verstaander(),
    "woorden + letters, naive Bayes": lambda: Sklearn(ComplementNB(alpha=0.3), KORT),
}
GEKOZEN = "+ vraagzin (gekozen)"


class Uitkomst(NamedTuple):
    """Of one pipeline: per training sentence its probabilities by a model that had not seen it."""

    klassen: List[str]
    kansen: np.ndarray
    train_s: float
    ms: float


def kruis(maak: Callable[[], Any], zinnen: Sequence[Zin], delen: int = DELEN) -> Uitkomst:
    """Cross-validation; `train_s` and `ms` are of this process's own time, so that a busy machine does not count."""
    teksten, intents = [z.tekst for z in zinnen], np.array([z.intent for z in zinnen])
    rijen: List[Any] = [None] * len(zinnen)
    klassen: List[str] = sorted({*intents, "nlu_fallback"})
    train_s = lees_s = 0.0
    for geleerd, nieuw in StratifiedKFold(delen, shuffle=True, random_state=1).split(teksten, intents):
        begin = time.process_time()
        model = maak().fit([teksten[i] for i in geleerd], intents[geleerd])
        getraind = time.process_time()
        kansen = model.kansen([teksten[i] for i in nieuw])
        train_s += getraind - begin
        lees_s += time.process_time() - getraind
        plek = [klassen.index(k) for k in model.klassen]
        for i, rij in zip(nieuw, kansen):
            vol = np.zeros(len(klassen))
            vol[plek] = rij
            rijen[i] = vol
    return Uitkomst(klassen, np.array(rijen), round(train_s / delen, 1), round(lees_s / len(zinnen) * 1000, 2))


def samenvatting(zinnen: Sequence[Zin], u: Uitkomst) -> Dict[str, Any]:
    """Right topics, and other matters taken for one of ours, before any threshold."""
    waar = np.array([z.intent for z in zinnen])
    gelezen = np.array(u.klassen)[u.kansen.argmax(1)]
    binnen = ~np.isin(waar, list(NIET_VAN_ONS))
    return {"goed": round(float((gelezen == waar)[binnen].mean()), 4),
            "ander_voor_ons": round(float((~np.isin(gelezen, list(NIET_VAN_ONS)))[~binnen].mean()), 4),
            "train_s": u.train_s, "ms": u.ms}


def drempels(zinnen: Sequence[Zin], u: Uitkomst, stappen: Sequence[float]) -> List[Dict[str, float]]:
    """What each threshold costs and brings: right, wrong and turned away of ours, and other matters let in.

    Two thresholds: on the best topic's own probability, and on that of all other matters together.
    """
    waar = np.array([z.intent for z in zinnen])
    binnen = ~np.isin(waar, list(NIET_VAN_ONS))
    klassen = np.array(u.klassen)
    gelezen, zeker = klassen[u.kansen.argmax(1)], u.kansen.max(1)
    is_ander = np.isin(gelezen, list(NIET_VAN_ONS))
    kans_ander = u.kansen[:, np.isin(klassen, list(NIET_VAN_ONS))].sum(1)
    uit = []
    for soort, weg in [("zekerheid", lambda s: zeker < s), ("andere zaken", lambda s: (kans_ander >= 1 - s) & ~is_ander)]:
        for stap in stappen:
            dicht = weg(stap)
            uit.append({"soort": soort, "drempel": round(float(stap if soort == "zekerheid" else 1 - stap), 3),
                        "goed": float(((gelezen == waar) & ~dicht)[binnen].mean()),
                        "fout": float(((gelezen != waar) & ~dicht & ~is_ander)[binnen].mean()),
                        "weggestuurd": float((dicht | is_ander)[binnen].mean()),
                        "ander_voor_ons": float((~dicht & ~is_ander)[~binnen].mean())})
    return uit


def slechtste(zinnen: Sequence[Zin], u: Uitkomst, aantal: int = 30) -> List[Dict[str, Any]]:
    """The training sentences that a model which had not seen them was most surely wrong about."""
    gelezen = u.kansen.argmax(1)
    fout = [(float(u.kansen[i, g] - u.kansen[i, u.klassen.index(z.intent)]), i, g)
            for i, (z, g) in enumerate(zip(zinnen, gelezen)) if u.klassen[g] != z.intent]
    return [{"zin": zinnen[i].tekst, "hoort": zinnen[i].intent, "gelezen": u.klassen[g], "verschil": round(v, 2)}
            for v, i, g in sorted(fout, reverse=True)[:aantal]]

"""The evaluation counts right."""
import pytest

from tools.evaluate.gegevens import Zin
from tools.evaluate.meting import Deel, meet, per
from tools.evaluate.verslag import latten, markdown, procent


def test_the_interval_is_wilsons():
    laag, hoog = Deel(9, 10).interval
    assert laag == pytest.approx(0.596, abs=0.001) and hoog == pytest.approx(0.982, abs=0.001)
    assert Deel(0, 0).interval == (0.0, 1.0)


def test_scores_tell_a_wrong_topic_from_being_turned_away():
    zinnen = [Zin("a", "delen", "kort"), Zin("b", "delen", "boos"), Zin("c", "delen", "boos"), Zin("d", "buiten_bereik", "kort")]
    ander = [Zin("e", "", "onzin"), Zin("f", "", "onzin"), Zin("g", "", "taal")]
    s = meet(zinnen, ["delen", "bewaren", "nlu_fallback", "buiten_bereik"], ander, ["delen", "nlu_fallback", "gegevens_geven"])
    assert s["goed"]["deel"] == 0.5
    assert s["weggestuurd"] == s["niet_begrepen"] and s["weggestuurd"]["aantal"] == 3 and s["weggestuurd"]["goed"] == 1
    assert s["voor_onderwerp_aangezien"]["goed"] == 1
    assert list(s["per_stem"]) == ["boos", "kort"]


def test_the_worst_group_comes_first():
    scores = per([Zin("a", "x", ""), Zin("b", "y", "")], ["x", "x"], lambda z: z.intent)
    assert list(scores) == ["y", "x"]


def test_a_bar_that_is_not_reached_is_told():
    s = {"goed": {"deel": 0.96}, "per_stem": {"a": {"deel": 0.8}}, "per_onderwerp": {"b": {"deel": 0.9}},
         "voor_onderwerp_aangezien": {"deel": 0.02}, "weggestuurd": {"deel": 0.05}}
    eigen = {"scores": s, "train_s": 60, "ms": 5, "laad_s": 1, "mb": 500}
    ander = {**eigen, "scores": {**s, "goed": {"deel": 0.91}}}
    r = {"pijplijnen": {"eigen": eigen, "rasa init": ander}, "vergelijking": {}}
    gehaald = {rij["naam"]: rij["gehaald"] for rij in latten(r)}
    assert gehaald == {"Goed onderwerp": True, "Slechtste stem": False, "Slechtste onderwerp": True,
                       "Andere zaak voor onderwerp aangezien": True, "Eigen vraag weggestuurd": False, "Trainen": True,
                       "Een bericht lezen (mediaan)": True, "Fouten naast rasa init": True}
    assert "rasa init" in markdown(r) and procent(0.955) == "95,5%"

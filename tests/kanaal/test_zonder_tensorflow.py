"""The servers run without TensorFlow, and only as long as nothing computes with it."""
import subprocess
import sys

import pytest
import yaml
from assistent import WORTEL

from components.zonder_tensorflow import REKENAARS, Leeg, pas_toe, rekent_met
from tools.evaluate.__main__ import STOCK


def test_our_pipeline_does_without_and_stock_does_not():
    assert rekent_met(yaml.safe_load((WORTEL / "config.yml").read_text())) == set()
    for config in STOCK.values():
        assert "DIETClassifier" in rekent_met(yaml.safe_load(config.read_text())) <= REKENAARS


@pytest.mark.parametrize("config", ["pipeline:\n- name: DIETClassifier\n", "policies:\n- name: rasa.core.policies.TEDPolicy\n"])
def test_who_needs_it_gets_the_real_one(tmp_path, config):
    (tmp_path / "config.yml").write_text(config)
    assert pas_toe(tmp_path / "config.yml") is False


def test_a_decorator_gives_back_what_it_decorates():
    assert Leeg(len) is len and Leeg()(len) is len and Leeg.keras.Model is Leeg
    with pytest.raises(AttributeError):
        Leeg.__wrapped__


def test_rasa_starts_without_loading_it():
    script = ("import sys; from components.zonder_tensorflow import pas_toe; assert pas_toe(); import rasa.core.agent, tensorflow; "
              "assert tensorflow.__spec__.origin is None and 'jax' not in sys.modules; print('klaar')")
    uit = subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=WORTEL, capture_output=True, text=True)
    assert uit.stdout.endswith("klaar\n"), uit.stderr[-1000:]

"""`rasa` without TensorFlow: `python -m components.zonder_tensorflow run ...` is `rasa run ...`.

Rasa 3.6 imports TensorFlow for components that this assistant does not have; that costs each server 350 MB and a second
and a half (docs/bench.md). Here empty stand-ins take its place, as long as config.yml names nothing that computes with it:
then the class definitions of those components are all that ever touches them.
"""
from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from pathlib import Path
from typing import Any, Optional, Sequence

import yaml

MODULES = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
# Rasa's components that compute with it; LanguageModelFeaturizer and ConveRTFeaturizer too.
REKENAARS = {"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy", "LanguageModelFeaturizer",
             "ConveRTFeaturizer"}


class _Soort(type):
    def __getattr__(cls, naam: str) -> type:
        return _leeg(naam)


class Leeg(metaclass=_Soort):
    """Stands for every class, function and decorator of TensorFlow."""

    def __new__(cls, *wat: Any, **_: Any) -> Any:
        if cls is Leeg and len(wat) == 1 and callable(wat[0]):
            return wat[0]  # as a decorator it gives back what it decorates
        return object.__new__(cls)

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __call__(self, *wat: Any, **_: Any) -> Any:
        return wat[0] if len(wat) == 1 and callable(wat[0]) else self

    def __getattr__(self, naam: str) -> type:
        return _leeg(naam)

    def __class_getitem__(cls, _: Any) -> type:
        return cls


def _leeg(naam: str) -> type:
    if naam.startswith("__"):
        raise AttributeError(naam)
    return Leeg


class _Module(types.ModuleType):
    __path__: list[str] = []
    __getattr__ = staticmethod(_leeg)


class _Vinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, naam: str, _: Optional[Sequence[str]], __: Any = None) -> Optional[importlib.machinery.ModuleSpec]:
        return importlib.machinery.ModuleSpec(naam, self, is_package=True) if naam.partition(".")[0] in MODULES else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def rekent_met(config: dict) -> set[str]:
    """The components of a Rasa configuration that need TensorFlow."""
    stappen = [*(config.get("pipeline") or []), *(config.get("policies") or [])]
    return {naam for stap in stappen if (naam := str(stap.get("name")).rpartition(".")[2]) in REKENAARS}


def pas_toe(config: Path = Path("config.yml")) -> bool:
    """Put the stand-ins in place; False, and nothing done, when something needs the real one or it is there already."""
    if "tensorflow" in sys.modules or rekent_met(yaml.safe_load(config.read_text("utf-8"))):
        return False
    sys.meta_path.insert(0, _Vinder())
    return True


if __name__ == "__main__":
    pas_toe()
    from rasa.__main__ import main

    main()

"""One running assistant for all tests of a run."""
import os

import pytest
from assistent import Assistent, Gesprek

# The tests read what the servers encrypted.
os.environ.setdefault("OPNAME_VERSLEUTELING", "versleuteling-van-de-tests-" * 2)


@pytest.fixture(scope="session")
def assistent(tmp_path_factory):
    draait = Assistent(tmp_path_factory.mktemp("assistent"))
    draait.start_acties()
    draait.start_rasa()
    yield draait
    draait.stop("rasa")
    draait.stop("acties")


@pytest.fixture(scope="session")
def basis_url(assistent) -> str:
    return assistent.basis_url


@pytest.fixture
def herstart_rasa(assistent):
    return assistent.herstart_rasa


@pytest.fixture
def gesprek(basis_url) -> Gesprek:
    return Gesprek(basis_url)


@pytest.fixture
def nieuw_gesprek(basis_url):
    return lambda **kw: Gesprek(basis_url, **kw)

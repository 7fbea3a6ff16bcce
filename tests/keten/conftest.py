"""The servers and clients of the tests of the channel."""
import uuid

import httpx
import pytest
from assistent import Assistent
from kanaalhulp import MAX_BERICHTEN, WEBHOOK

from protocol.instellingen import instellingen


@pytest.fixture(scope="package")
def inst(assistent):
    return instellingen(assistent.omgeving)


@pytest.fixture(scope="package")
def kale_url(tmp_path_factory):
    """A Rasa server with the default flood limit, whose action server is down."""
    kaal = Assistent(tmp_path_factory.mktemp("kaal"), OPNAME_MAX_BERICHTEN=str(MAX_BERICHTEN), OPNAME_DUBBEL_MS="1000",
                     OPNAME_PROXYS="127.0.0.1", OPNAME_MAX_PER_ADRES="40", OPNAME_MAX_VENSTERS_PER_ADRES="3",
                     OPNAME_BEVEILIGING="mailto:veilig@voorbeeld.nl")
    kaal.start_rasa()
    yield kaal.basis_url
    kaal.stop("rasa")


@pytest.fixture(scope="package")
def web(basis_url):
    with httpx.Client(base_url=basis_url, timeout=30) as client:
        yield client


@pytest.fixture
def zeg(web):
    """zeg(message, sender=..., **other fields of the body) -> the list of answers."""
    eigen = uuid.uuid4().hex

    def post(message, sender=eigen, headers=None, **rest):
        antwoord = web.post(WEBHOOK, json={"sender": sender, "message": message, **rest}, headers=headers)
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()

    return post


@pytest.fixture(scope="package")
def zinnen(web):
    """What the channel says by itself, as it comes out of this server."""
    post = lambda tekst: web.post(WEBHOOK, json={"sender": uuid.uuid4().hex, "message": tekst}).json()  # noqa: E731
    return {"geen_opdracht": post("/restart")[0]["text"]}

"""A small share of `make fuzz`: no 5xx, no unhandled exception, memory that does not grow."""
from fuzz import geheugen, in_het_geheugen, naar_de_beschrijving, over_http


def test_the_guard_and_the_readers_take_anything():
    geteld = in_het_geheugen(300, 200)
    assert set(geteld) == {"guard", "readers"} and min(geteld.values()) >= 200


def test_the_server_answers_anything(assistent):
    over_http(assistent.basis_url, 100, zaad=3)
    voor = geheugen(assistent.pid("rasa"))
    geteld = over_http(assistent.basis_url, 300)
    assert geteld[200] and geteld[400] and geteld[404] and geteld[405] and geteld[415]
    assert geheugen(assistent.pid("rasa")) - voor < 40_000
    assert "Unexpected error" not in assistent.logs()


def test_the_server_does_what_its_description_says(assistent):
    naar_de_beschrijving(assistent.basis_url, 5)

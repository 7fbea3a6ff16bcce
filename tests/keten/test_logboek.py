"""With OPNAME_LOG=json one number leads from the message on the page to the line about the store."""
import asyncio
import json
import logging
import sys

import pytest
from assistent import Assistent
from socketklant import SocketKlant

from protocol import logboek
from protocol.instellingen import InstellingFout, instellingen

ZINNEN = ("ik wil filmen op 8 december om 10 uur in Zwolle", "de arts", "Fatima el Amrani", "06 20084507", "nee, niets")


def regels(pad):
    return [json.loads(r) for r in pad.read_text().splitlines() if r.startswith("{")]


def test_a_turn_can_be_followed_through_both_servers(tmp_path):
    assistent = Assistent(tmp_path, OPNAME_LOG="json")

    async def proef():
        async with SocketKlant(assistent.basis_url) as klant:
            await klant.opening()
            for zin in ZINNEN:
                await klant.bericht(zin)
            _, antwoorden = await klant.bericht("ja", "de-laatste-klik")
            assert "BO-" in antwoorden[0]["text"]
    try:
        assistent.start_acties()
        assistent.start_rasa()
        asyncio.run(proef())
    finally:
        assistent.stop("rasa")
        assistent.stop("acties")
    acties = regels(tmp_path / "acties.log")
    opgeslagen = [r for r in acties if r["logger"] == "protocol.opslag"]
    assert [r["beurt"] for r in opgeslagen] == ["de-laatste-klik"]
    assert {"tijd", "niveau", "logger", "beurt", "tekst"} == set(opgeslagen[0])
    assert any(r["beurt"] not in (None, "de-laatste-klik") for r in acties)
    assert not any("Amrani" in r or "20084507" in r for p in ("acties.log", "rasa.log") for r in (tmp_path / p).read_text().splitlines())


def test_an_error_is_one_line():
    try:
        raise ValueError("stuk\nen nog een regel")
    except ValueError:
        regel = logging.LogRecord("x", logging.ERROR, "p", 1, "fout bij %s", ("Ö",), sys.exc_info())
    tekst = logboek.JsonRegel().format(regel)
    assert "\n" not in tekst and json.loads(tekst)["tekst"] == "fout bij Ö" and "ValueError" in json.loads(tekst)["fout"]


def test_another_format_is_refused():
    with pytest.raises(InstellingFout):
        instellingen({"OPNAME_LOG": "xml"})

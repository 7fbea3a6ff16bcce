"""A report is never lost: kill -9 at every step; drafts and figures only for who may have them."""
import io
import time

import httpx
import jwt
import pytest
import sqlalchemy as sa
from assistent import Assistent
from docx import Document
from meldingen import REFERENTIE, meld, praat_als, tot_overzicht, zet_stap

from protocol import downloads
from protocol.toegang import Spreker


def rijen(assistent, tabel):
    with sa.create_engine(assistent.database).connect() as v:
        return [dict(r._mapping) for r in v.execute(sa.text(f"select * from {tabel} order by id"))]


@pytest.fixture(scope="module")
def eigen(tmp_path_factory):
    """Servers of our own: the others' must not be killed."""
    draait = Assistent(tmp_path_factory.mktemp("melding"))
    draait.start_acties()
    draait.start_rasa()
    yield draait
    draait.stop("rasa")
    draait.stop("acties")


def herstart_hard(assistent):
    assistent.stop("rasa", hard=True)
    assistent.stop("acties", hard=True)
    assistent.start_acties()
    assistent.start_rasa()


BEURTEN = [("een client heeft me gefilmd en het staat op tiktok", "Bent u nu veilig?"), ("ja", "Waar staat de opname"),
           ("tiktok.com/@x", "Wanneer zag"), ("gisteren", "bewerkt"), ("nee", "Weet u wie"),
           ("een bekende cliënt", "Over wie"), ("over mij", "Weet de leidinggevende"), ("nee", "Hoe veilig"),
           ("niet prettig", "Welk cijfer"), ("2", "bewijs"), ("ja", "Klopt dit")]


def zeg_alles(gesprek, beurten):
    for zin, vraag in beurten:
        assert vraag in gesprek.zeg(zin)


def test_kill_at_every_step_of_the_form(eigen):
    """One conversation for each step: both servers are killed while all of them are halfway, then each goes on."""
    gesprekken = [praat_als(eigen, "medewerker", f"sam{n}", "zwolle") for n in range(len(BEURTEN))]
    for n, gesprek in enumerate(gesprekken):
        zeg_alles(gesprek, BEURTEN[:n + 1])
    herstart_hard(eigen)
    assert rijen(eigen, "meldingen") == []
    for n, gesprek in enumerate(gesprekken):
        zeg_alles(gesprek, BEURTEN[n + 1:])
    referenties = [REFERENTIE.search(gesprek.zeg("ja"))[0] for gesprek in gesprekken]
    herstart_hard(eigen)
    opgeslagen = rijen(eigen, "meldingen")
    assert [r["referentie"] for r in opgeslagen] == referenties
    assert {(r["waar"], r["veiligheid"], r["veiligheid_cijfer"]) for r in opgeslagen} == {("tiktok.com/@x", "niet prettig", 2)}
    assert "Stand: nieuw" in gesprekken[0].zeg("hoe staat het met mijn zaak?")


STAPBEURTEN = [("ik heb het besproken met mijn medewerker", "notitie"), ("nee", "afgestemd"), ("ja", "Stand: besproken")]


def test_kill_at_every_step_of_the_follow_up(eigen):
    zaken = []
    for n in range(len(STAPBEURTEN)):
        meld(praat_als(eigen, "medewerker", f"stap{n}", f"team{n}"))
        noor = praat_als(eigen, "leidinggevende", f"noor{n}", f"team{n}")
        zeg_alles(noor, STAPBEURTEN[:n + 1])
        zaken.append(noor)
    herstart_hard(eigen)
    assert [s["door"] for s in rijen(eigen, "melding_stappen")] == ["noor2"]  # only the one that was confirmed
    for n, noor in enumerate(zaken):
        zeg_alles(noor, STAPBEURTEN[n + 1:])
        assert "Stand: besproken" in noor.zeg("wat is de volgende stap?")
    assert sorted(s["door"] for s in rijen(eigen, "melding_stappen")) == ["noor0", "noor1", "noor2"]


def test_a_failing_action_server_keeps_the_report_and_stores_it_once(eigen):
    sam = praat_als(eigen, "medewerker", "sam-storing", "storing")
    tot_overzicht(sam)
    ervoor = len(rijen(eigen, "meldingen"))
    eigen.stop("acties", hard=True)
    try:
        assert "Er ging iets mis" in sam.zeg("ja")
    finally:
        eigen.start_acties()
    assert len(rijen(eigen, "meldingen")) == ervoor
    assert REFERENTIE.search(sam.zeg("ja")) and len(rijen(eigen, "meldingen")) == ervoor + 1


def haal(assistent, pad, **kop):
    return httpx.get(assistent.basis_url + pad, headers=kop, timeout=30)


def adres(gesprek):
    return gesprek.berichten[-1]["text"].splitlines()[-1]


@pytest.fixture(scope="module")
def zaak(assistent):
    sam = praat_als(assistent, "medewerker", "sam-doc", "team-doc")
    noor = praat_als(assistent, "leidinggevende", "noor-doc", "team-doc")
    referentie = meld(sam)
    zet_stap(noor, "ik heb het besproken met mijn medewerker")
    return referentie, noor


@pytest.mark.parametrize("soort, zin, woorden", [
    ("verwijderverzoek", "maak een concept voor het verwijderverzoek", ["per direct te verwijderen", "aangifte"]),
    ("aangifte", "maak het feitenblad voor de aangifte", ["code VPT", "UWV doet de aangifte", "zondag 22 november 2026"]),
    ("agressie", "stel een samenvatting op voor het agressieregister", ["niet prettig", "S29"]),
])
def test_the_drafts_say_concept_and_only_what_was_reported(zaak, assistent, soort, zin, woorden):
    referentie, noor = zaak
    noor.zeg(zin)
    antwoord = haal(assistent, adres(noor))
    assert antwoord.status_code == 200 and f"concept-{soort}-{referentie}.docx" in antwoord.headers["content-disposition"]
    stuk = Document(io.BytesIO(antwoord.content))
    tekst = "\n".join(p.text for p in stuk.paragraphs)
    assert tekst.startswith("CONCEPT") and "Bronnen" in tekst and referentie in tekst
    assert all(w in tekst for w in [*woorden, "tiktok.com/@voorbeeld"])
    assert "sam-doc" not in tekst and "None" not in tekst and "{" not in tekst


def test_a_draft_is_not_for_others_nor_for_ever(zaak, assistent):
    referentie, noor = zaak
    noor.zeg("maak een concept voor het verwijderverzoek")
    goed = adres(noor)
    token = goed.rsplit("/", 1)[1]
    geheim = assistent.omgeving["OPNAME_GEHEIM"]

    def pad(spreker, ref=referentie, doel="concept", nu=None):
        return "/medewerker/concept/" + downloads.maak(geheim, downloads.Adres(doel, spreker, ref, "aangifte"), nu)

    eigenaar = Spreker("leidinggevende", "noor-doc", "team-doc")
    assert haal(assistent, pad(eigenaar)).status_code == 200
    slecht = [pad(Spreker("leidinggevende", "bas", "ander")), pad(Spreker("medewerker", "sam-doc", "team-doc")),
              pad(Spreker("klant")), pad(eigenaar, "MB-ABCD-EFGH-JKMN"), pad(eigenaar, doel="cijfers"),
              pad(eigenaar, nu=time.time() - 3600), goed[:-3] + "abc", "/medewerker/concept/x",
              "/medewerker/concept/" + jwt.encode(jwt.decode(token, options={"verify_signature": False}), geheim)]
    assert {haal(assistent, p).status_code for p in slecht} == {404}
    ander = praat_als(assistent, "leidinggevende", "bas", "ander")._kop
    zelf = praat_als(assistent, "leidinggevende", "noor-doc", "team-doc")._kop
    assert haal(assistent, goed, **ander).status_code == 404 and haal(assistent, goed, **zelf).status_code == 200


def test_the_figures_hide_small_numbers_and_are_for_managers(zaak, assistent):
    _, noor = zaak
    assert "R10" in (noor.zeg("hoeveel meldingen zijn er dit jaar") and noor.bronnen())
    pagina = haal(assistent, adres(noor))
    assert pagina.status_code == 200 and "<svg" in pagina.text and "<table>" in pagina.text
    assert "sam-doc" not in pagina.text and "noor-doc" not in pagina.text
    geheim = assistent.omgeving["OPNAME_GEHEIM"]
    voor_sam = downloads.maak(geheim, downloads.Adres("cijfers", Spreker("medewerker", "sam-doc", "team-doc")))
    assert haal(assistent, f"/medewerker/cijfers/{voor_sam}").status_code == 404

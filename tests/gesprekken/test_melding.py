"""Reporting misuse and following it up, in the words of people; each test named after the trouble."""
import itertools

import pytest
import sqlalchemy as sa
from meldingen import REFERENTIE, meld, praat_als, tot_overzicht, zet_stap

teller = itertools.count()


@pytest.fixture
def namen():
    """Names of a team that no other test has."""
    n = next(teller)
    return {"sam": f"sam{n}", "noor": f"noor{n}", "team": f"team{n}"}


@pytest.fixture
def sam(assistent, namen):
    return praat_als(assistent, "medewerker", namen["sam"], namen["team"])


@pytest.fixture
def noor(assistent, namen):
    return praat_als(assistent, "leidinggevende", namen["noor"], namen["team"])


def rij(assistent, referentie):
    with sa.create_engine(assistent.database).connect() as v:
        return dict(v.execute(sa.text("select * from meldingen where referentie = :r"), {"r": referentie}).one()._mapping)


def aantal(assistent):
    with sa.create_engine(assistent.database).connect() as v:
        return v.execute(sa.text("select count(*) from meldingen")).scalar()


def test_the_full_known_case(sam, assistent, namen):
    overzicht = tot_overzicht(sam)
    for regel in ("de opname staat online", "Waar: tiktok.com/@voorbeeld", "zondag 22 november 2026",
                  "Wie dit doet: een bekende cliënt", "Cijfer voor veiligheid: 2", "Bewijs bewaard: ja"):
        assert regel in overzicht
    slot = sam.kies("Ja, sla de melding op")
    assert {"R30", "R31", "R32", "R42", "S2"} <= sam.bronnen()
    assert "oneigenlijk gebruik" in slot and "Er staat ook in dat openbaar maken strafbaar is" in slot
    opgeslagen = rij(assistent, REFERENTIE.search(slot)[0])
    assert (opgeslagen["soort"], opgeslagen["opname"], opgeslagen["plaatser"]) == ("openbaar", "beeld", "client")
    assert (opgeslagen["betrokkene"], opgeslagen["team"], opgeslagen["veiligheid_cijfer"]) == (
        namen["sam"], namen["team"], 2)


def test_it_begins_with_acknowledgement_and_safety(sam):
    antwoord = sam.zeg("ik wil misbruik van een opname melden")
    assert antwoord.startswith("Wat vervelend") and antwoord.endswith("Bent u nu veilig?")


def test_everything_unknown(sam, assistent):
    sam.zeg("ik wil misbruik van een opname melden")
    antwoord = ""
    for _ in range(20):
        antwoord = sam.zeg("weet ik niet")
        if "Klopt dit" in antwoord:
            break
    assert "Wat er gebeurde: weet ik niet" in antwoord and "Gevoel van veiligheid" not in antwoord
    slot = sam.zeg("ja")
    opgeslagen = rij(assistent, REFERENTIE.search(slot)[0])
    assert (opgeslagen["soort"], opgeslagen["waar"], opgeslagen["betrokkene"], opgeslagen["leidinggevende"]) == (
        "onbekend", None, None, None)
    assert "Geef daarom de referentie" in slot


def test_on_behalf_of_a_colleague_nobody_guesses_a_feeling(sam, assistent, namen):
    sam.zeg("mijn collega is gefilmd en het filmpje staat online")
    sam.zeg("ja")
    sam.zeg("op youtube")
    sam.zeg("vanmorgen")
    sam.kies("Nee")
    antwoord = sam.kies("Ja, een bekende cliënt")
    assert "naam of de gebruikersnaam van uw collega" in antwoord
    assert "leidinggevende van de getroffen medewerker" in sam.zeg(f"mila-{namen['sam']}")
    assert "Weet de leidinggevende het al?" in sam.zeg(namen["noor"])
    assert "bewijs" in sam.kies("Nee")
    slot = sam.kies("Ja") and sam.kies("Ja, sla de melding op")
    opgeslagen = rij(assistent, REFERENTIE.search(slot)[0])
    assert opgeslagen["veiligheid"] is None and opgeslagen["veiligheid_cijfer"] is None
    assert opgeslagen["leidinggevende"] == namen["noor"] and opgeslagen["team"] is None
    # The reporter does not see the steps; the colleague and the manager do.
    referentie = opgeslagen["referentie"]
    assert "De stappen zien alleen" in sam.zeg(f"hoe staat het met zaak {referentie}")
    collega = praat_als(assistent, "medewerker", f"mila-{namen['sam']}")
    assert "Stand: nieuw" in collega.zeg("hoe staat het met mijn zaak?")


@pytest.mark.parametrize("knop, bron, soort", [
    ("Nee, het is anoniem", "S23", "openbaar"), ("Iemand anders dan de cliënt", "S22", "openbaar"),
])
def test_another_poster_is_registered_as_what_it_is(sam, assistent, knop, bron, soort):
    sam.zeg("een client heeft me gefilmd en het staat op tiktok")
    for antwoord in ("ja", "tiktok", "gisteren", "nee"):
        sam.zeg(antwoord)
    sam.kies(knop)
    sam.kies("Over mij")
    for antwoord in ("ja", "gaat wel", "4", "ja"):
        sam.zeg(antwoord)
    slot = sam.kies("Ja, sla de melding op")
    assert bron in sam.bronnen() and "Volgens het protocol is dit oneigenlijk" not in slot
    assert rij(assistent, REFERENTIE.search(slot)[0])["soort"] == soort


def test_a_threat_is_no_misuse_yet_and_not_asked_where_it_is(sam):
    sam.zeg("ik wil misbruik van een opname melden")
    sam.zeg("ja")
    sam.zeg("hij dreigt het op internet te zetten")
    assert "Wanneer" in sam.kies("Geluid")
    for antwoord in ("gisteren", "een bekende cliënt", "over mij", "ja", "gespannen", "3", "nee"):
        sam.zeg(antwoord)
    slot = sam.zeg("ja")
    assert "S25" in sam.bronnen() and "pas oneigenlijk gebruik als de opname openbaar is" in slot


def test_danger_in_the_middle_and_resuming_after_it(sam):
    sam.zeg("een client heeft me gefilmd en het staat op tiktok")
    assert sam.zeg("nee").startswith("Bel direct 112")
    assert not sam.knoppen() and len(sam.berichten) == 1
    assert sam.zeg("het is nu rustig") == "Bent u nu veilig?"
    assert "Waar staat de opname" in sam.zeg("ja")
    antwoord = sam.zeg("help er staat iemand met een mes voor me")
    assert antwoord.startswith("Bel direct 112") and "?" not in antwoord
    assert "Waar staat de opname" in sam.zeg("de beveiliging is er, het is weer veilig")


def test_correction_after_the_summary(sam):
    tot_overzicht(sam)
    assert "Soort opname: geluid" in sam.zeg("nee, het was geen beeld maar geluid")
    assert sam.kies("Iets wijzigen") == "Wat wilt u wijzigen?"
    assert "Waar staat de opname" in sam.kies("Waar het staat")
    overzicht = sam.zeg("facebook.com/groep")
    assert "Waar: facebook.com/groep" in overzicht and "Cijfer voor veiligheid: 2" in overzicht


def test_a_side_question_and_then_on(sam):
    sam.zeg("een client heeft me gefilmd en het staat op tiktok")
    sam.zeg("ja")
    antwoord = sam.zeg("wie is er verantwoordelijk voor de stappen na misbruik?")
    assert "R30" in sam.bronnen() and "Waar staat de opname" in antwoord
    assert "Wanneer" in sam.zeg("youtube.com/abc")


def test_stop_stores_nothing(sam, assistent):
    ervoor = aantal(assistent)
    sam.zeg("een client heeft me gefilmd en het staat op tiktok")
    sam.zeg("ja")
    assert "niet opgeslagen" in sam.zeg("laat maar, ik stop ermee")
    assert aantal(assistent) == ervoor


def test_a_client_gets_a_friendly_reference_and_starts_nothing(gesprek, assistent):
    ervoor = aantal(assistent)
    assert "Alleen medewerkers" in gesprek.zeg("een client heeft me gefilmd en het staat op tiktok")
    for zin in ("hij weigert het te verwijderen", "maak een concept voor het verwijderverzoek", "hoe staat het met mijn zaak"):
        assert "MB-" not in gesprek.zeg(zin) and not any("zaak" in p for p in gesprek.knoppen().values())
    assert aantal(assistent) == ervoor


# Following up.

def test_the_course_of_the_memo_in_free_words(sam, noor):
    referentie = meld(sam)
    assert "Stand: nieuw" in noor.zeg("wat is de volgende stap?") and referentie in noor.berichten[0]["text"]
    for woorden, stand in (
            ("ik heb het besproken met mijn medewerker", "besproken met de medewerker"),
            ("het verzoek om te verwijderen is gestuurd", "gevraagd om te verwijderen"),
            ("hij weigert het te verwijderen", "niet verwijderd"),
            ("we hebben aangifte gedaan", "aangifte gedaan"),
            ("ik heb het vastgelegd als agressie", "vastgelegd als agressie en gewogen"),
            ("we hebben samen maatregelen bepaald", "maatregelen bepaald"),
            ("sluit de zaak", "gesloten")):
        assert f"Stand: {stand}" in zet_stap(noor, woorden)
    # The affected employee sees it all and can change nothing.
    stand = sam.zeg("hoe staat het met mijn zaak?")
    assert "Stand: gesloten" in stand and "UWV heeft aangifte gedaan" in stand and not sam.knoppen()
    assert "legt alleen de leidinggevende" in sam.zeg("heropen de zaak")


def test_removed_out_of_order_needs_a_reason(sam, noor):
    meld(sam)
    antwoord = noor.zeg("cliënt heeft het verwijderd")
    assert "S24" in noor.bronnen() and antwoord.endswith("Wat is de reden?")
    assert "Zonder reden" in noor.zeg("nee")
    assert "notitie" in noor.zeg("hij belde zelf dat het weg was")
    noor.kies("Nee, geen notitie")
    antwoord = noor.kies("Ja, afgestemd")
    assert "Stand: verwijderd" in antwoord and "hij belde zelf dat het weg was" in antwoord


def test_without_the_yes_of_the_employee_nothing_is_stored(sam, noor):
    meld(sam)
    noor.zeg("ik heb het besproken met mijn medewerker")
    noor.kies("Nee, geen notitie")
    assert "leg ik de stap niet vast" in noor.kies("Nee") and "R31" in noor.bronnen()
    assert "Stand: nieuw" in noor.zeg("wat is de volgende stap?")


def test_doubt_points_to_juridische_zaken_and_can_be_recorded(sam, noor):
    meld(sam)
    assert "R43" in (noor.zeg("ik twijfel") and noor.bronnen())
    noor.kies("Leg overleg vast")
    noor.kies("Nee, geen notitie")
    antwoord = noor.kies("Ja, afgestemd")
    assert "Overleg met Juridische Zaken" in antwoord and "Stand: nieuw" in antwoord


def test_refused_steps_are_refused_in_words(sam, noor):
    meld(sam)
    zet_stap(noor, "ik heb het besproken met mijn medewerker")
    assert "al met de medewerker besproken" in noor.zeg("ik heb het besproken met mijn medewerker") or \
        "al vastgelegd" in "".join(b["text"] for b in noor.berichten)
    assert "Heropenen is dus niet nodig" in noor.zeg("heropen de zaak")


def test_someone_elses_manager_sees_and_changes_nothing(sam, assistent, namen):
    referentie = meld(sam)
    bas = praat_als(assistent, "leidinggevende", f"bas-{namen['sam']}", "ander-team")
    for zin in (f"hoe staat het met zaak {referentie}", f"zaak {referentie}: cliënt heeft het verwijderd",
                f"maak een concept voor het verwijderverzoek van zaak {referentie}"):
        antwoord = bas.zeg(zin)
        assert "R30" in bas.bronnen() and "verantwoordelijk" in antwoord and "Stand" not in antwoord
        assert not bas.knoppen()


def test_a_command_is_no_reason_for_a_step(sam, noor):
    meld(sam)
    assert "Wat is de reden?" in noor.zeg("hij weigert")
    assert "Wat is de reden?" in noor.zeg("maak een concept voor de aangifte")
    assert "notitie" in noor.zeg("hij stond gisteren al voor de deur")


def test_asking_the_client_is_a_step_and_not_a_question_about_it(sam, noor):
    meld(sam)
    zet_stap(noor, "ik heb het besproken met mijn medewerker")
    assert "afgestemd" in (noor.zeg("ik heb de cliënt gevraagd om het weg te halen") and noor.kies("Nee, geen notitie"))
    assert "Stand: gevraagd om te verwijderen" in noor.kies("Ja, afgestemd")


def test_a_stop_in_the_middle_of_a_step_stores_nothing(sam, noor):
    meld(sam)
    noor.zeg("ik heb het besproken met mijn medewerker")
    assert "niet vastgelegd" in noor.zeg("laat maar, ik stop ermee")
    assert "Stand: nieuw" in noor.zeg("wat is de volgende stap?")


def test_danger_while_recording_a_step_gets_help_and_nothing_else(sam, noor):
    meld(sam)
    noor.zeg("ik heb het besproken met mijn medewerker")
    noor.kies("Nee, geen notitie")
    antwoord = noor.zeg("help er staat iemand met een mes voor me")
    assert "112" in antwoord and "?" not in antwoord
    assert "is vastgelegd" in noor.zeg("ja")


def test_a_manager_takes_a_case_without_one(sam, assistent, namen):
    sam.zeg("ik wil misbruik van een opname melden")
    while "Klopt dit" not in sam.zeg("weet ik niet"):
        pass
    referentie = REFERENTIE.search(sam.zeg("ja"))[0]
    eva = praat_als(assistent, "leidinggevende", f"eva-{namen['sam']}", "ver-weg")
    assert "nog geen leidinggevende bekend" in eva.zeg(f"hoe staat het met zaak {referentie}")
    assert "heeft de zaak overgenomen" in eva.kies("Ja, ik neem de zaak over")
    bas = praat_als(assistent, "leidinggevende", f"bas-{namen['sam']}", "ander-team")
    assert "Alleen de getroffen medewerker" in bas.zeg(f"hoe staat het met zaak {referentie}")


@pytest.mark.parametrize("vraag, bron", [
    ("wie is verantwoordelijk voor de stappen na misbruik?", "S3"), ("wat is code VPT?", "R38"),
    ("hoe wordt de ernst gewogen?", "R41"), ("hoe registreer ik dit in ARO?", "S29"),
    ("mag ik het gesprek stoppen als de cliënt filmt?", "S27"), ("mag ik zelf aangifte doen?", "S28"),
    ("mag ik als medewerker het gesprek opnemen", "R46"), ("hoeveel meldingen sinds 2018", "R10"),
    ("wat is oneigenlijk gebruik?", "R39"),
])
def test_an_employee_and_a_client_get_their_own_answer(sam, gesprek, vraag, bron):
    sam.zeg(vraag)
    assert bron in sam.bronnen()
    gesprek.zeg(vraag)
    assert gesprek.berichten[0]["text"] and not any(
        p.startswith(("/melding", "/zaak", "/concept")) for p in gesprek.knoppen().values())

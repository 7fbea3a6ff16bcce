"""The employee's side: list, taking, contact, answer, history; and a client who says such things."""
from concurrent.futures import ThreadPoolExecutor

import pytest
from levens import doe_verzoek, rij, zoek_op

from protocol.instellingen import instellingen
from protocol.token import maak_token

TEAM = "zwolle"


@pytest.fixture
def als(assistent, nieuw_gesprek):
    inst = instellingen(assistent.omgeving)
    return lambda sub, rol="medewerker", team=TEAM: nieuw_gesprek(token=maak_token(inst, rol, sub, team))


@pytest.fixture
def genomen(gesprek, als):
    """A request that noor has taken, and her conversation."""
    referentie, noor = doe_verzoek(gesprek), als("noor")
    assert "U behandelt nu" in noor.zeg(f"ik neem verzoek {referentie}")
    return referentie, noor


def test_the_whole_life_from_request_to_what_the_client_reads(gesprek, nieuw_gesprek, als, assistent):
    referentie = doe_verzoek(gesprek, "dinsdag 1 december")  # earlier than any other test's: on top of the list
    noor = als("noor")
    lijst = noor.zeg("Welke verzoeken staan open?")
    assert referentie in lijst and "Nog 6 werkdagen tot de afspraak" in lijst and "Neem dit verzoek" in noor.knoppen()
    noor.zeg(f"ik neem verzoek {referentie}")
    assert "R19" in noor.bronnen()
    noor.kies("Leg contact vast")
    assert "is vastgelegd" in noor.kies("Gebeld, geen gehoor")
    noor.kies("Geef antwoord")
    assert {"R19", "R20", "R52"} <= noor.bronnen()
    noor.kies("Ik stem in")
    noor.zeg("Graag tot dan <b>op</b> kantoor")
    assert rij(assistent, referentie)["toestand"] == "in behandeling"  # not before the yes
    assert "is opgeslagen" in noor.kies("Ja, sla het op")
    klant = nieuw_gesprek()
    antwoord = zoek_op(klant, "hoe staat het met mijn verzoek?", referentie, "1 december")
    assert "stemt in met verzoek" in antwoord and "alleen voor deze afspraak" in antwoord
    assert "De medewerker schrijft u: Graag tot dan <b>op</b> kantoor" in antwoord
    assert "geen verzoek met deze gegevens" in zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie, "9 december")
    verloop = noor.zeg("wat is er met dit verzoek gebeurd?")
    for stap in ("verzoek ontvangen (cliënt)", "in behandeling genomen (medewerker noor)", "geen gehoor", "ingestemd"):
        assert stap in verloop


def test_contact_told_at_once_is_logged_as_told(genomen):
    referentie, noor = genomen
    assert f"Het contact over verzoek {referentie} is vastgelegd" in noor.zeg("gebeld, geen gehoor")
    assert "gebeld, geen gehoor" in noor.zeg("wat is er met dit verzoek gebeurd?")


def test_two_who_take_it_at_the_same_moment(gesprek, als, assistent):
    referentie = doe_verzoek(gesprek)
    gesprekken = [als(f"m{n}") for n in range(2)]
    with ThreadPoolExecutor(2) as pool:
        antwoorden = list(pool.map(lambda g: g.zeg(f"ik neem verzoek {referentie}"), gesprekken))
    assert sorted("U behandelt nu" in a for a in antwoorden) == [False, True]
    assert any("Een collega heeft dit verzoek al" in a for a in antwoorden)
    assert rij(assistent, referentie)["versie"] == 2


@pytest.mark.parametrize("knop, oplossing", [
    ("Alleen geluid opnemen", "geluid"), ("Een ander moment", "ander moment"), ("Een samenvatting op papier", "schriftelijk")])
def test_another_solution_is_no_consent(genomen, nieuw_gesprek, assistent, knop, oplossing):
    referentie, noor = genomen
    noor.kies("Geef antwoord")
    noor.kies("Ik bied een andere oplossing")
    noor.kies(knop)
    noor.kies("Nee, niets")
    noor.zeg("ja")
    assert rij(assistent, referentie)["oplossing"] == oplossing
    antwoord = zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie)
    assert "Het voorstel is" in antwoord and "geen instemming" in antwoord


def test_a_solution_in_ones_own_words_reaches_the_client(genomen, nieuw_gesprek, assistent):
    referentie, noor = genomen
    noor.zeg("ik wil een andere oplossing voorstellen")
    noor.zeg("Uw zus mag meekomen en aantekeningen maken tijdens het spreekuur.")
    assert "zal ik het opslaan" in "\n".join(b["text"] for b in noor.berichten)
    noor.kies("Ja, sla het op")
    assert "Uw zus mag meekomen" in zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie)


@pytest.mark.parametrize("gezegd", ["ik weet nog niet of ik instem", "misschien stem ik in", "mag ik instemmen?"])
def test_doubt_is_never_read_as_an_answer(genomen, assistent, gezegd):
    referentie, noor = genomen
    noor.kies("Geef antwoord")
    noor.zeg(gezegd)
    assert "Ik stem in" in noor.knoppen()
    assert rij(assistent, referentie)["toestand"] == "in behandeling"


def test_side_questions_and_stopping_store_nothing(genomen, assistent):
    referentie, noor = genomen
    noor.kies("Geef antwoord")
    assert "hoeft niet in te stemmen" in noor.zeg("moet ik instemmen?") and {"R20", "R52"} <= noor.bronnen()
    noor.kies("Ik stem niet in")
    antwoord = noor.zeg("wat kan ik de cliënt aanbieden?")
    assert "R19" in noor.bronnen() and "iets bij schrijven" in antwoord
    noor.kies("Nee, niets")
    assert "niets opgeslagen" in noor.zeg("nee")
    assert rij(assistent, referentie)["toestand"] == "in behandeling"


def test_an_answer_to_an_appointment_that_moved_meanwhile_is_not_stored(genomen, nieuw_gesprek, assistent):
    referentie, noor = genomen
    noor.kies("Geef antwoord")
    noor.kies("Ik stem in")
    noor.kies("Nee, niets")
    klant = nieuw_gesprek()
    zoek_op(klant, "ik wil mijn verzoek wijzigen", referentie)
    klant.zeg("10 december")
    klant.zeg("ja")
    assert "intussen veranderd" in noor.kies("Ja, sla het op")
    assert rij(assistent, referentie)["toestand"] == "in behandeling"


def test_a_change_takes_the_consent_away_and_says_so_first(genomen, nieuw_gesprek, assistent):
    referentie, noor = genomen
    noor.zeg("ik stem in met dit verzoek")
    noor.kies("Nee, niets")
    noor.kies("Ja, sla het op")
    klant = nieuw_gesprek()
    zoek_op(klant, "ik wil mijn verzoek wijzigen", referentie)
    assert "vervalt dat antwoord" in klant.zeg("10 december")
    klant.zeg("ja")
    assert rij(assistent, referentie)["toestand"] == "in behandeling"


def test_a_colleague_sees_nothing_and_a_leidinggevende_takes_over(gesprek, als, assistent):
    referentie = doe_verzoek(gesprek, "woensdag 2 december")
    als("noor", team="assen").zeg(f"ik neem verzoek {referentie}")
    bas = als("bas", team="assen")
    assert referentie not in bas.zeg("welke verzoeken staan open?")
    assert "niet tussen uw verzoeken" in bas.zeg(f"wat is er gebeurd met verzoek {referentie}?")
    assert referentie not in als("piet", "leidinggevende", "utrecht").zeg("welke verzoeken staan open?")
    lies = als("lies", "leidinggevende", "assen")
    assert f"bij noor. Referentie: {referentie}" in lies.zeg("welke verzoeken staan open?")
    lies.zeg(f"wat is er gebeurd met verzoek {referentie}?")
    assert "U behandelt nu" in lies.kies("Neem het over")
    assert rij(assistent, referentie)["medewerker"] == "lies"


@pytest.mark.parametrize("gezegd", [
    "welke verzoeken staan open?", "ik neem dit verzoek in behandeling", "gebeld, geen gehoor", "ik stem in met het verzoek",
    "laat de geschiedenis van dit verzoek zien"])
def test_a_client_who_says_so_gets_the_clients_answer_and_starts_nothing(gesprek, nieuw_gesprek, assistent, gezegd):
    referentie = doe_verzoek(gesprek)
    for rol_gesprek in (gesprek, nieuw_gesprek()):
        antwoord = rol_gesprek.zeg(f"{gezegd} {referentie}")
        assert antwoord and "Er ging iets mis" not in antwoord and "Fatima" not in antwoord
        assert not {"Neem dit verzoek", "Ik stem in", "Leg contact vast"} & set(rol_gesprek.knoppen())
    assert rij(assistent, referentie)["versie"] == 1


def test_staff_questions_have_two_sides(nieuw_gesprek, als):
    for vraag, van_medewerker, van_klant in (("moet ik instemmen als ik gefilmd word?", "R52", "R26"),
                                             ("mag ik als medewerker zelf ook een opname maken?", "R46", "R26")):
        noor, lies, klant = als("noor"), als("lies", "leidinggevende"), nieuw_gesprek()
        noor.zeg(vraag), lies.zeg(vraag), klant.zeg(vraag)
        assert van_medewerker in noor.bronnen() and van_medewerker in lies.bronnen()
        assert van_medewerker not in klant.bronnen() and van_klant in klant.bronnen()


def test_an_employee_does_not_use_the_clients_door(als):
    for vraag in ("hoe staat het met mijn verzoek?", "ik wil mijn verzoek intrekken"):
        noor = als("noor")
        assert "Dat doet een cliënt zelf" in noor.zeg(vraag) and "Welke verzoeken staan open?" in noor.knoppen()

"""The whole life of a request, from both sides: status, change, withdrawal; taking, contact, answer, history."""
import sqlalchemy as sa
from levens import doe_verzoek, rij, zoek_op


def test_the_old_values_stay_when_the_date_changes(gesprek, nieuw_gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    assert "Wat wilt u wijzigen?" in zoek_op(klant, "mijn afspraak is verzet, ik wil mijn verzoek wijzigen", referentie)
    assert klant.kies("De datum").startswith("Op welke dag")
    overzicht = klant.zeg("donderdag 26 november")
    assert "korter dan 5 werkdagen" in overzicht and "toch doorgeven" in overzicht
    overzicht = klant.kies("Ja, toch doorgeven")
    assert "Datum: donderdag 26 november 2026" in overzicht and "Tijd: 14.30 uur" in overzicht
    assert rij(assistent, referentie)["afspraak_datum"] == "2026-12-08"  # not before the yes
    assert "is gewijzigd" in klant.kies("Ja, wijzig het")
    nu = rij(assistent, referentie)
    assert (nu["afspraak_datum"], nu["oordeel"], nu["versie"]) == ("2026-11-26", "te laat", 2)
    with sa.create_engine(assistent.database).connect() as verbinding:
        oud = verbinding.execute(sa.text("select oud from geschiedenis where verzoek_id = :i and stap = 'wijzigen'"),
                                 {"i": nu["id"]}).scalar()
    assert "2026-12-08" in oud


def test_place_contact_and_time_can_be_changed_in_ones_own_words(gesprek, nieuw_gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    zoek_op(klant, "ik wil mijn ingediende verzoek wijzigen", referentie)
    assert "Waar: via beeldbellen" in klant.zeg("het wordt beeldbellen")
    klant.kies("Nog iets wijzigen")
    klant.kies("Hoe u mij bereikt")
    overzicht = klant.zeg("06 12345678")
    assert "Bereikbaar: +31 6 12345678" in overzicht
    klant.zeg("nee de tijd klopt niet")
    assert "Tijd: 9.00 uur" in klant.zeg("9 uur")
    klant.zeg("ja")
    nu = rij(assistent, referentie)
    assert (nu["gesprekssoort"], nu["plaats"], nu["contact"]) == ("beeldbellen", None, "+31 6 12345678")
    assert nu["afspraak_tijd"].startswith("09:00")


def test_what_cannot_be_changed_is_said(gesprek, nieuw_gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    zoek_op(klant, "ik wil mijn ingediende verzoek wijzigen", referentie)
    assert "Dat kan ik niet wijzigen" in klant.zeg("mijn naam is Jan Jansen")
    assert rij(assistent, referentie)["naam"] == "Fatima el Amrani"


def test_a_side_question_and_a_stop_change_nothing(gesprek, nieuw_gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    zoek_op(klant, "ik wil mijn verzoek intrekken", referentie)
    antwoord = klant.zeg("mag ik dan nog wel geluid opnemen?")
    assert "R12" in klant.bronnen() and antwoord.count(f"Wilt u verzoek {referentie} intrekken?") == 1
    assert "niets aan een verzoek veranderd" in klant.zeg("laat maar")
    assert rij(assistent, referentie)["toestand"] == "ontvangen"


def test_withdrawing_is_confirmed_first_and_is_the_end(gesprek, nieuw_gesprek, assistent):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    zoek_op(klant, "trek mijn verzoek maar in", referentie)
    assert rij(assistent, referentie)["toestand"] == "ontvangen"
    assert "is ingetrokken" in klant.kies("Ja, trek het in") and "R12" in klant.bronnen()
    assert rij(assistent, referentie)["toestand"] == "ingetrokken"
    ander = nieuw_gesprek()
    assert "nu: ingetrokken" in zoek_op(ander, "ik wil mijn verzoek wijzigen", referentie)
    assert "is ingetrokken" in zoek_op(ander, "hoe staat het met mijn verzoek?", referentie) and not ander.knoppen()


def test_the_buttons_after_the_state_need_no_second_proof_but_count_only_for_that_request(gesprek, nieuw_gesprek):
    referentie = doe_verzoek(gesprek)
    klant = nieuw_gesprek()
    zoek_op(klant, "hoe staat het met mijn verzoek?", referentie)
    assert klant.kies("Ik wil mijn verzoek intrekken").startswith(f"Wilt u verzoek {referentie} intrekken?")
    klant.kies("Nee, laat het staan")
    # Typed by hand it is no offered button: the guard lets no stranger name a reference this way.
    assert "schuine streep" in nieuw_gesprek().zeg(f'/verzoek_intrekken{{"referentie": "{referentie}"}}')


def test_guessing_gets_one_and_the_same_answer_and_then_slower(gesprek, nieuw_gesprek, herstart_rasa, assistent):
    referentie = doe_verzoek(gesprek)
    dief = nieuw_gesprek()
    gissingen = [(referentie, "9 december"), (referentie, "Jan Jansen"), ("BO-ABCD-EFGH-JKMN", "8 december"),
                 ("BO-ABCD-EFGH-JKMP", "Fatima el Amrani"), (referentie, "10 december")]
    antwoorden = {zoek_op(dief, "hoe staat het met mijn verzoek?", wat, controle) for wat, controle in gissingen}
    assert len(antwoorden) == 1 and "geen verzoek" in antwoorden.pop()
    assert "te vaak geprobeerd" in zoek_op(dief, "hoe staat het met mijn verzoek?", referentie)  # even when right
    assistent.stop("acties", hard=True)
    assistent.start_acties()
    assert "te vaak geprobeerd" in zoek_op(dief, "ik wil mijn verzoek intrekken", referentie)
    assert "is ontvangen" in zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie)


def test_a_request_that_is_guessed_at_from_many_conversations_slows_down_for_all(gesprek, nieuw_gesprek):
    referentie = doe_verzoek(gesprek)
    for dag in ("1", "2", "3", "4", "9"):
        zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie, f"{dag} december")
    assert "te vaak geprobeerd" in zoek_op(nieuw_gesprek(), "hoe staat het met mijn verzoek?", referentie)

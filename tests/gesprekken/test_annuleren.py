"""Leaving: at any time, and it is true what is said about what was stored."""
import sqlalchemy as sa


def aantal(assistent):
    with sa.create_engine(assistent.database).connect() as verbinding:
        return verbinding.execute(sa.text("select count(*) from verzoeken")).scalar()


def test_stop_halfway_stores_nothing(gesprek, assistent):
    gesprek.zeg("ik wil filmen op 8 december")
    ervoor = aantal(assistent)
    assert "nog niet opgeslagen" in gesprek.zeg("is er nu iets opgeslagen?")
    assert "niet opgeslagen" in gesprek.zeg("laat maar, ik stop ermee")
    assert aantal(assistent) == ervoor
    assert "geen verzoek van u opgeslagen" in gesprek.zeg("is er nu iets opgeslagen?")


def test_sound_only_ends_the_request_with_the_sound_rule(gesprek):
    gesprek.zeg("ik wil filmen op 8 december")
    gesprek.zeg("doe dan maar alleen geluid")
    assert {"R12", "R14", "R15"} <= gesprek.bronnen()
    assert "Tot wanneer" not in gesprek.zeg("bedankt")


def test_too_late_is_passed_on_marked_or_stopped(gesprek, nieuw_gesprek):
    antwoord = gesprek.zeg("ik wil filmen, mijn afspraak is morgen")
    assert "korter dan 5 werkdagen" in antwoord and {"S7", "R12"} <= gesprek.bronnen()
    assert "Hoe laat" in gesprek.kies("Ja, toch doorgeven")
    ander = nieuw_gesprek()
    ander.zeg("ik wil filmen, mijn afspraak is morgen")
    assert "niet opgeslagen" in ander.zeg("nee")


def test_the_next_request_starts_empty(gesprek):
    gesprek.zeg("ik wil filmen op 8 december om 10 uur via beeldbellen")
    gesprek.zeg("stop")
    assert "Op welke dag is uw afspraak?" in gesprek.zeg("ik wil toch een verzoek doen om te filmen")

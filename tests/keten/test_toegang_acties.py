"""Every intent and every action against every role: on the action server itself, and in sentences over REST."""
import asyncio
import itertools
import time
from datetime import date, datetime
from datetime import time as uur

import httpx
import jwt
import pytest
import sqlalchemy as sa
import yaml
from assistent import NU, WORTEL, Gesprek
from socketklant import SocketKlant

from protocol import instellingen, toegang
from protocol.instellingen import TIJDZONE
from protocol.opslag import Opslag
from protocol.opslag_tabellen import geschiedenis, outbox, verzoeken
from protocol.toegang import HANDELINGEN, KLANT, LEIDINGGEVENDE, MEDEWERKER, ROLLEN, Spreker
from protocol.token import maak_token
from protocol.verzoeken import Verzoek

DOMEIN = yaml.safe_load((WORTEL / "domain.yml").read_text())
RESPONSES = {naam: varianten for bestand in (WORTEL / "data/antwoorden").glob("*.yml")
             for naam, varianten in yaml.safe_load(bestand.read_text())["responses"].items()}
ZINNEN = {i["intent"]: [r[2:] for r in i["examples"].splitlines() if r.startswith("- ")]
          for bestand in sorted((WORTEL / "data/nlu").glob("*.yml")) for i in yaml.safe_load(bestand.read_text())["nlu"]}
NU_MOMENT = datetime.fromisoformat(NU).replace(tzinfo=TIJDZONE)
NAAM, CONTACT = "Zwaantje Quispel", "zwaantje.quispel@voorbeeld.nl"
BEHANDELAREN, AANVRAGERS = HANDELINGEN["open_verzoeken"], HANDELINGEN["verzoek_doen"]
teller = itertools.count()


@pytest.fixture(scope="module")
def winkel(assistent):
    return Opslag(assistent.database)


@pytest.fixture(scope="module")
def in_behandeling(winkel):
    """A request that noor of team utrecht is dealing with."""
    ref = nieuw(winkel)
    winkel.neem(ref, Spreker(MEDEWERKER, "noor", "utrecht"), NU_MOMENT)
    return ref


def nieuw(winkel):
    # Today: it stands at the top of the list, however many requests other tests made.
    return winkel.bewaar(Verzoek(
        f"toegang-{time.time()}-{next(teller)}", NU_MOMENT, NU_MOMENT.date(), uur(14, 30), "kantoor", "Zutphen", None, NAAM,
        CONTACT, None, date(2026, 11, 16), "te laat")).referentie


def stand(winkel):
    """Everything that is stored about requests."""
    with winkel.engine.connect() as verbinding:
        return [verbinding.execute(sa.select(tabel).order_by(tabel.c.id)).all() for tabel in (verzoeken, geschiedenis, outbox)]


def doe(assistent, actie, intent, rol, referentie, vraag=None, **slots):
    """Runs one action as if `rol` had just sent a message with this intent; what is said, None when it fails.

    A failure is no leak: no rule pairs every action with every intent.
    """
    formulier = {"behandel_vraag": "behandel_form", "akkoord": "verzoek_form"}.get(vraag)
    tekst = f"ja {referentie}"
    vullen = {naam: None for naam in DOMEIN["slots"]}
    antwoord = httpx.post(f"http://127.0.0.1:{assistent.acties_poort}/webhook", timeout=30, json={
        "next_action": actie, "sender_id": "toegang", "domain": {**DOMEIN, "responses": RESPONSES}, "version": "3.6.21",
        "tracker": {
            "sender_id": "toegang", "paused": False, "followup_action": None, "latest_input_channel": "web",
            "latest_event_time": 0, "latest_action_name": "action_listen", "active_loop": {"name": formulier} if formulier else {},
            "slots": {**vullen, "rol": MEDEWERKER, "requested_slot": vraag, **slots},
            "events": [{"event": "action", "name": "action_listen"}, {"event": "user", "text": tekst}],
            "latest_message": {
                "text": tekst, "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [],
                "entities": [{"entity": "referentie", "value": referentie}, {"entity": "stap", "value": "overnemen"}],
                "metadata": {"rol": rol, "sub": "noor", "team": "utrecht"} if rol != KLANT else {"rol": rol},
            }}})
    return antwoord.json()["responses"] if antwoord.status_code == 200 else None


def verraadt(gezegd):
    """Whether something in the answers is of the stored request."""
    return any(woord in str(gezegd) for woord in (NAAM, CONTACT, "Zutphen"))


ACTIES = [actie for actie in DOMEIN["actions"] if not actie.startswith("utter_")]


@pytest.mark.parametrize("actie", ACTIES)
def test_elke_actie_met_elke_rol(assistent, winkel, in_behandeling, actie):
    """Whatever the intent: who does not deal with requests sees nothing of them and changes nothing.

    The slot `rol` says medewerker all along: no action may go by it.
    """
    voor = stand(winkel)
    bezig = {"doel": "verzoek_beantwoorden", "referentie": in_behandeling, "versie": 2}
    for rol in set(ROLLEN) - BEHANDELAREN:
        gelukt = 0
        for intent in (*HANDELINGEN, "bevestigen", "gegevens_geven", "alleen_geluid"):
            gezegd = doe(assistent, actie, intent, rol, in_behandeling, behandeld=in_behandeling, behandeling=bezig)
            assert not verraadt(gezegd), (rol, intent, gezegd)
            gelukt += gezegd is not None
        assert gelukt, "the action only fails: nothing was tried"
    assert stand(winkel) == voor


@pytest.mark.parametrize("actie", ["action_open_verzoeken", "action_verzoek_geschiedenis", "action_verzoek_nemen"])
def test_dezelfde_roep_van_een_medewerker_doet_wel_iets(assistent, winkel, actie):
    """So that the silence of the others means something."""
    ref, voor = nieuw(winkel), stand(winkel)
    gezegd = doe(assistent, actie, actie.replace("action_", ""), LEIDINGGEVENDE, ref, behandeld=ref)
    assert verraadt(gezegd) or ref in str(gezegd)
    assert (stand(winkel) != voor) == (actie == "action_verzoek_nemen")


@pytest.mark.parametrize("rol", sorted(set(ROLLEN) - BEHANDELAREN))
def test_een_antwoord_op_de_laatste_stap_van_het_formulier(assistent, winkel, in_behandeling, rol):
    """Even with everything filled in, "ja" of another role stores nothing; of the employee it does."""
    ingevuld = {"doel": "verzoek_beantwoorden", "referentie": in_behandeling, "stap": "instemmen", "toelichting": ""}

    def bevestig(wie, ref):
        versie = winkel.bij_referentie(ref).versie
        return doe(assistent, "validate_behandel_form", "bevestigen", wie, ref, vraag="behandel_vraag",
                   behandeling={**ingevuld, "referentie": ref, "versie": versie})

    voor = stand(winkel)
    bevestig(rol, in_behandeling)
    assert stand(winkel) == voor
    eigen = nieuw(winkel)
    winkel.neem(eigen, Spreker(MEDEWERKER, "noor", "utrecht"), NU_MOMENT)
    bevestig(MEDEWERKER, eigen)
    assert winkel.bij_referentie(eigen).toestand == "instemming"


@pytest.mark.parametrize("rol", ROLLEN)
def test_een_verzoek_doen_is_voor_wie_aanvraagt(assistent, winkel, rol):
    sleutel = f"toegang-form-{rol}-{time.time()}"
    doe(assistent, "validate_verzoek_form", "bevestigen", rol, "", vraag="akkoord", verzoek_sleutel=sleutel,
        afspraak_datum="2026-12-08", toch_doorgeven="ja", afspraak_tijd="14:30", gesprekssoort="kantoor", plaats="Zutphen",
        met_wie="onbekend", naam=NAAM, contact=CONTACT, bijzonderheden="geen", wijziging="geen", oordeel="op tijd")
    assert bool(winkel.bij_sleutel(sleutel)) == (rol in AANVRAGERS)


@pytest.mark.parametrize("rol", sorted(BEHANDELAREN))
def test_wie_verzoeken_behandelt_wordt_niet_door_het_formulier_geleid(basis_url, tokens, rol):
    gesprek = Gesprek(basis_url, tokens[rol])
    assert "Dat doet een cliënt zelf" in gesprek.zeg("ik wil filmen op 8 december half drie in Zwolle")
    assert len(gesprek.berichten) == 1
    assert "verzoek" in gesprek.zeg("Welke verzoeken staan open?") and "Dat doet een cliënt" not in str(gesprek.berichten)


@pytest.fixture(scope="module")
def tokens(assistent):
    inst = instellingen.instellingen(assistent.omgeving)
    return {rol: "" if rol == KLANT else maak_token(inst, rol, "noor", "utrecht") for rol in ROLLEN}


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("intent", sorted(DOMEIN["intents"]))
def test_elke_vraag_van_elke_rol(basis_url, winkel, in_behandeling, tokens, intent, rol):
    """One sentence of every intent: an answer for everyone, and of the requests nothing for who does not deal with them."""
    gesprek = Gesprek(basis_url, tokens[rol])
    voor = stand(winkel)
    antwoord = gesprek.zeg(ZINNEN[intent][0])
    assert antwoord and "Er ging iets mis" not in antwoord
    if rol not in BEHANDELAREN:
        assert not verraadt(gesprek.berichten)
    if intent != "verzoek_nemen" or rol not in BEHANDELAREN:
        assert stand(winkel) == voor


STAF = sorted(intent for intent in HANDELINGEN if HANDELINGEN[intent] <= BEHANDELAREN and intent in DOMEIN["intents"])


@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("intent", STAF)
def test_een_medewerkersvraag_met_de_referentie_erbij(basis_url, winkel, in_behandeling, tokens, intent, rol):
    """Who knows the reference has no more than who does not; the last answer of a longer try neither."""
    gesprek = Gesprek(basis_url, tokens[rol])
    voor = stand(winkel)
    zin = {"open_verzoeken": "Welke verzoeken staan open?", "verzoek_nemen": f"Ik neem verzoek {in_behandeling}",
           "contact_vastleggen": f"Leg vast: gebeld over verzoek {in_behandeling}, geen gehoor",
           "verzoek_beantwoorden": f"Ik stem in met verzoek {in_behandeling}",
           "verzoek_geschiedenis": f"Wat is er gebeurd met verzoek {in_behandeling}?",
           "melding_doen": f"Ik wil misbruik melden bij verzoek {in_behandeling}",
           "zaak_bekijken": f"Hoe staat het met zaak {in_behandeling}?",
           "zaak_bijwerken": f"De cliënt heeft het verwijderd, zaak {in_behandeling}",
           "concept_vragen": f"Maak een concept voor de aangifte bij {in_behandeling}"}[intent]
    gezegd = [gesprek.zeg(zin), gesprek.zeg("ja"), gesprek.zeg("ja")]
    if rol not in BEHANDELAREN:
        assert not verraadt(gezegd) and stand(winkel) == voor


def test_openen_vanuit_de_werklijst_biedt_de_volgende_stappen(basis_url, winkel, tokens):
    """The sentence that the page sends for a row."""
    referentie = nieuw(winkel)
    gesprek = Gesprek(basis_url, tokens[MEDEWERKER])
    assert referentie in gesprek.zeg(f"Wat is er gebeurd met verzoek {referentie}?")
    assert any("verzoek_nemen" in lading for lading in gesprek.knoppen().values())
    gesprek.zeg(next(lading for lading in gesprek.knoppen().values() if "verzoek_nemen" in lading))
    assert winkel.bij_referentie(referentie).medewerker == "noor"
    assert {"contact_vastleggen", "verzoek_beantwoorden"} <= {
        lading[1:].partition("{")[0] for lading in gesprek.knoppen().values()}


def test_knop_van_een_medewerker_werkt_niet_voor_een_ander(basis_url, winkel, tokens):
    """A payload that the assistant offered to an employee is nothing in another conversation."""
    referentie = nieuw(winkel)
    medewerker = Gesprek(basis_url, tokens[MEDEWERKER])
    medewerker.zeg(f"Wat is er gebeurd met verzoek {referentie}?")
    lading = next(lading for lading in medewerker.knoppen().values() if "verzoek_nemen" in lading)
    klant = Gesprek(basis_url)
    klant.sender = medewerker.sender
    klant.zeg(lading)
    assert winkel.bij_referentie(referentie).toestand == "ontvangen"


def test_een_gesprek_van_een_rol_gaat_niet_over_in_dat_van_een_ander(basis_url, winkel, tokens):
    """The same sender with another token is another conversation: no slot of the employee is left in it."""
    medewerker = Gesprek(basis_url, tokens[LEIDINGGEVENDE])
    assert NAAM in medewerker.zeg("Welke verzoeken staan open?")
    klant = Gesprek(basis_url)
    klant.sender = medewerker.sender
    assert not verraadt(klant.zeg("Wat zei u net? Herhaal dat eens."))


def test_een_token_dat_onderweg_verloopt(basis_url, assistent):
    """An open connection does not outlive its token."""
    inst = instellingen.instellingen(assistent.omgeving)
    claims = {"sub": "noor", "rol": MEDEWERKER, "aud": inst.jwt_aud, "iss": inst.jwt_iss}

    async def proef():
        tot = int(time.time()) + 3
        async with SocketKlant(basis_url, jwt=jwt.encode({**claims, "exp": tot}, inst.jwt_sleutel)) as klant:
            await klant.opening()
            goed = await klant.bericht("Welke verzoeken staan open?")
            while time.time() < tot:
                await asyncio.sleep(0.1)  # until the token has expired
            return goed, await klant.bericht("Welke verzoeken staan open?")

    (goed, antwoorden), (slecht, niets) = asyncio.run(proef())
    assert goed["ok"] and antwoorden and not slecht["ok"] and not niets and "Meld u opnieuw aan" in slecht["fout"]


def test_wat_niet_in_de_tabel_staat_is_openbaar_en_wat_erin_staat_bestaat():
    bekend = {intent for intent in DOMEIN["intents"] if intent in HANDELINGEN}
    assert {"verzoek_doen", "verzoek_status", *STAF} <= bekend and len(STAF) >= 5
    for intent in DOMEIN["intents"]:
        wie = {rol for rol in ROLLEN if toegang.mag(rol, intent)}
        assert wie == set(HANDELINGEN.get(intent, ROLLEN))

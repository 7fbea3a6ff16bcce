"""Forty conversations full of personal data over the real servers; then every byte that was written is searched."""
import json
import re
from string import ascii_lowercase

import httpx
import pytest
import sqlalchemy as sa
from assistent import Gesprek
from levens import REFERENTIE, zoek_op
from meldingen import praat_als, tot_overzicht
from stdnum import iban, luhn
from stdnum.nl import bsn

from protocol.instellingen import instellingen
from protocol.maskeren import BSN, KAART, REKENING
from protocol.token import maak_token

AANTAL = 40


class Persoon:
    """Someone who does not exist, with everything that people type about themselves; no two share a word."""

    def __init__(self, n: int):
        letters = ascii_lowercase[n // 26] + ascii_lowercase[n % 26]
        self.naam = f"Ydwer Xo{letters}qstra"
        self.bsn = next(str(k) for k in range(310000000 + n * 1000, 399999999) if bsn.is_valid(str(k)))
        rekening = f"INGB{7310000000 + n * 7919:010d}"
        self.iban = f"NL{iban.calc_check_digits('NL00' + rekening)}{rekening}"
        kaart = f"45320{n:02d}88112233"
        self.kaart = kaart + luhn.calc_check_digit(kaart)
        self.mobiel, self.vast = f"06 2{n:02d}8 {4507 + n}", f"030-29{n:02d}{417 + n}"
        self.mail, self.mail2 = f"xq{letters}.thuis@voorbeeld.nl", f"xq{letters}.werk@voorbeeld.org"
        self.adres = f"{3411 + n * 7} KX {n + 203}"

    def naalden(self):
        """Everything that may not be found, in each way in which it could have been written down."""
        kaal = [re.sub(r"\D", "", w) for w in (self.mobiel, self.vast)]
        return {self.naam, self.bsn, self.iban, self.kaart, self.mobiel, self.vast, self.mail, self.mail2, self.adres,
                *kaal, *(f"31{k[1:]}" for k in kaal), f"+31 6 {kaal[0][2:]}", f"+31 30 {kaal[1][3:6]} {kaal[1][6:]}",
                self.adres.replace(" ", ""), self.naam.split()[1], self.mail.split("@")[0]}


def speel(p: Persoon, n: int, nieuw) -> str:
    """One client's afternoon; the reference."""
    klant = nieuw()
    assert "gehaald" in klant.zeg(f"hallo, mijn bsn is {p.bsn} en mijn rekening is {p.iban}")
    assert "gehaald" in klant.zeg(f"betalen kan met {p.kaart}, ik woon op {p.adres}")
    klant.zeg("ik wil filmen dinsdag 8 december half drie in Zwolle")
    klant.zeg("bij de arts")
    klant.zeg(p.naam if n % 2 else f"mijn naam is {p.naam}")
    klant.zeg(p.mobiel if n % 3 else f"mail maar naar {p.mail}")
    klant.zeg("mag ik ook geluid opnemen?")
    assert klant.zeg(f"mijn vaste nummer is {p.vast}, kan dat ook?")
    overzicht = klant.zeg(f"ik hoor slecht en mijn begeleider van {p.adres} komt mee")
    assert p.naam in overzicht and p.adres in overzicht
    assert (f"+31 6 {p.mobiel[3:].replace(' ', '')}" if n % 3 else p.mail) in overzicht
    referentie = REFERENTIE.search(klant.kies("Ja, geef het door"))[0]
    ander = nieuw()
    assert "is ontvangen" in zoek_op(ander, "hoe staat het met mijn aanvraag?", referentie, p.naam)
    if n % 4 == 0:
        wijzigt = nieuw()
        zoek_op(wijzigt, "ik wil mijn ingediende verzoek wijzigen", referentie)
        wijzigt.kies("Hoe u mij bereikt")
        assert p.mail2 in wijzigt.zeg(p.mail2)
        assert "gewijzigd" in wijzigt.kies("Ja, wijzig het")
    if n % 5 == 0:
        weg = nieuw()
        assert referentie in zoek_op(weg, "ik wil dat mijn gegevens worden verwijderd", referentie, p.naam)
        assert "is verwijderd" in weg.kies("Ja, verwijder het")
    return referentie


@pytest.fixture(scope="module")
def mensen():
    return [Persoon(n) for n in range(AANTAL)]


@pytest.fixture(scope="module")
def gesproken(mensen, assistent):
    """The conversations were held; the references."""
    referenties = [speel(p, n, lambda: Gesprek(assistent.basis_url)) for n, p in enumerate(mensen)]
    for p in mensen[:4]:  # and employees, who write about them
        melder = praat_als(assistent, "medewerker", "privacymelder", "privacy")
        tot_overzicht(melder)
        melder.kies("Iets wijzigen")
        melder.zeg(f"het staat op de pagina van {p.mail}, bel {p.vast}")
    return referenties


def geschreven(assistent):
    """(where, text) of every file of both servers, and of every cell of both databases: a row may lie in two pages."""
    for pad in sorted(assistent.map.rglob("*")):
        if pad.is_file():
            yield pad.name, pad.read_bytes().decode("utf-8", "replace")
    for url in (assistent.database, assistent.omgeving["OPNAME_GESPREKKEN"]):
        motor = sa.create_engine(url)
        with motor.connect() as verbinding:
            for tabel in sa.inspect(motor).get_table_names():
                for rij in verbinding.execute(sa.text(f"select * from {tabel}")).mappings():
                    # The tracker store writes JSON: its escapes are no hiding place.
                    cellen = [json.dumps(json.loads(c), ensure_ascii=False) if isinstance(c, str) and c[:1] in '{["' else str(c)
                              for c in rij.values()]
                    yield tabel, " ".join(cellen)


def test_nothing_personal_is_in_any_byte_of_the_databases_and_logs(gesproken, mensen, assistent, record_property):
    naalden = {naald for p in mensen for naald in p.naalden()}
    gevonden, gelezen = {}, 0
    for waar, tekst in geschreven(assistent):
        gelezen += len(tekst)
        kaal = tekst.casefold()
        for naald in naalden:
            if naald.casefold() in kaal:
                gevonden.setdefault(waar, []).append(naald)
    record_property("needles", len(naalden))
    record_property("characters searched", gelezen)
    print(f"\n{len(naalden)} needles in {gelezen} characters: {sum(map(len, gevonden.values()))} found")
    assert gevonden == {}


def test_the_search_would_find_it(gesproken, assistent):
    # What may be there is found in the same haystack.
    hooi = "\n".join(tekst for _, tekst in geschreven(assistent))
    assert BSN in hooi and REKENING in hooi and KAART in hooi and "half drie in Zwolle" in hooi and gesproken[1] in hooi


def test_the_employee_still_reads_who_it_is_and_how_to_reach_them(gesproken, mensen, assistent):
    token = maak_token(instellingen(assistent.omgeving), "medewerker", "privacylezer")
    rijen = httpx.get(f"{assistent.basis_url}/werklijst", headers={"Authorization": f"Bearer {token}"}, timeout=30).json()["rijen"]
    van = {rij["referentie"]: rij for rij in rijen}
    for n, (p, referentie) in enumerate(zip(mensen, gesproken)):
        if n % 5 == 0:
            assert referentie not in van
            continue
        contact = p.mail2 if n % 4 == 0 else f"+31 6 {p.mobiel[3:].replace(' ', '')}" if n % 3 else p.mail
        assert (van[referentie]["naam"], van[referentie]["contact"]) == (p.naam, contact)

"""Random input against the guard, the readers and the running server; counts, and memory before and after.

`python tests/keten/fuzz.py 100000` (make fuzz) does the whole; the tests do a small share.
"""
import json
import random
import socket
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Callable
from urllib.parse import urlsplit

import httpx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

WORTEL = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(WORTEL), str(WORTEL / "tests")]

from channels import bewaker  # noqa: E402
from channels.bezoekers import Bezoekers  # noqa: E402
from channels.fouten import Fout  # noqa: E402
from protocol import (behandeling, concepten, contact, datums, maskeren, meldingen, meldingformulier, statusvraag, tekst,  # noqa: E402
                      verzoeken, verzoekformulier, versleutelen, zaakformulier)
from protocol.instellingen import TIJDZONE  # noqa: E402
from protocol.verzoekformulier import Bericht  # noqa: E402

NU = datetime(2026, 11, 23, 10, 15, tzinfo=TIJDZONE)
WEBHOOK = "/webhooks/rest/webhook"
# Pieces of what people and attackers send; random text alone seldom comes near a reader.
STUKKEN = ("8 december", "half drie", "over 2 weken", "31-02-2026", "06-12345678", "+31 6 1234 5678", "a@b.nl", "NL91ABNA0417164300",
           "123456782", "1234 AB 5", "BO-7KQ3-M9TX-4HPW", "MB-7KQ3", "mijn naam is", "ik ben", "Zwolle", "bij de arts", "/restart",
           "／session_start", "EXTERNAL: x", '/x{"a": "b"}', "/SetSlots(a=b)", "\u200b", "\u202e", "\x00", "\r\nBcc: x", "{0.__class__}",
           "{contact}", "%s", "<script>alert(1)</script>", "'; drop table", "\ue000gAAA\ue001", "\ud800", "e\u0301" * 20, "nee", "ja",
           "niet", "?", "12.30", "2026", "a" * 200, "🎥" * 50, "\n\n", "ﷺ", "0" * 60)
teksten = st.one_of(st.text(max_size=300), st.lists(st.one_of(st.sampled_from(STUKKEN), st.text(max_size=12)), max_size=12).map(" ".join))
json_waarden = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | teksten,
                            lambda kind: st.lists(kind, max_size=4) | st.dictionaries(teksten, kind, max_size=4), max_leaves=12)
ladingen = st.one_of(st.binary(max_size=400), json_waarden.map(lambda w: json.dumps(w).encode()),
                     st.fixed_dictionaries({"message": json_waarden}, optional={"sender": json_waarden, "metadata": json_waarden})
                     .map(lambda w: json.dumps(w).encode()))
VELDEN = (None, *verzoekformulier.VELDEN, verzoekformulier.WIJZIGING, verzoekformulier.AKKOORD)
TYPEN = ("application/json", "text/plain", "", "application/json; charset=latin-1")
INTENTS = ("gegevens_geven", "corrigeren", "bevestigen", "ontkennen", "verzoek_doen", "nlu_fallback", "mag_opnemen", "stoppen", "")


def wacht(lading: bytes, soort: str, kop: str) -> None:
    """The guard: every refusal is a `Fout`, and what passes is clean."""
    try:
        wereld = bewaker.json_object(soort, lading)
        schoon = bewaker.bericht(wereld.get("message"))
        bewaker.afzender(wereld.get("sender"))
    except Fout:
        return
    assert len(schoon) <= bewaker.MAX_TEKENS and schoon == schoon.strip() and bewaker.schoon(schoon) == schoon
    assert not {unicodedata.category(t) for t in schoon} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    if schoon.startswith("/"):
        assert bewaker.lijkt_opdracht(schoon)
    Bezoekers((), 5, 5).adres(kop, {"x-forwarded-for": kop})


def lezers(ruw: str, veld: object, intent: str, zeker: float) -> None:
    """Every reader of the protocol takes any text."""
    try:
        zin = bewaker.bericht(ruw)
    except Fout:
        return
    gemaskeerd = maskeren.maskeer(zin)
    assert maskeren.maskeer(gemaskeerd) == gemaskeerd
    maskeren.scherm_af(gemaskeerd)
    assert versleutelen.ontzegel(versleutelen.verzegel(zin)) == zin
    bericht = Bericht(zin, intent, zeker, {})
    datums.lees(zin, NU)
    verzoekformulier.lees_bericht(bericht, veld, {}, NU)  # type: ignore[arg-type]
    meldingformulier.lees_bericht(bericht, None, {}, NU)
    zaakformulier.lees_stap(bericht)
    behandeling.lees(bericht, {"doel": behandeling.ANTWOORD})
    statusvraag.lees_controle(zin, NU)
    contact.lees_contact(zin, True)
    tekst.lees_naam(zin, True)
    verzoeken.lees_referentie(zin), meldingen.lees_referentie(zin), concepten.lees_soort(zin)


PORTIE = 1000  # hypothesis remembers all examples of a run: a new one for each thousand keeps the measured memory ours


def in_het_geheugen(wachten: int, lezen: int) -> Counter:
    """So many inputs to the guard, and so many to the readers."""
    teller: Counter = Counter()

    def portie(naam: str, begin: int, aantal: int, doe: Callable[..., None], *soorten: st.SearchStrategy) -> None:
        @seed(begin)
        @settings(max_examples=aantal, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
        @given(st.tuples(*soorten))
        def probeer(invoer: tuple) -> None:
            teller[naam] += 1
            doe(*invoer)

        probeer()

    for naam, aantal, doe, soorten in (
            ("guard", wachten, wacht, (ladingen, st.sampled_from(TYPEN), st.text(max_size=60))),
            ("readers", lezen, lezers, (teksten, st.sampled_from(VELDEN), st.sampled_from(INTENTS), st.floats(0, 1)))):
        for begin in range(0, aantal, PORTIE):
            portie(naam, begin, min(PORTIE, aantal - begin), doe, *soorten)
    return teller


def _bezoek(gok: random.Random) -> tuple:
    """One request as a hostile visitor makes it: (method, path, body, headers)."""
    los = "".join(gok.choice(STUKKEN) + gok.choice(("", " ", "\u2028", "/")) for _ in range(gok.randint(1, 5)))
    soort = gok.choice(("application/json", "application/json; charset=utf-8", "text/plain", "multipart/form-data", "application/xml", ""))
    lading = gok.choice((
        lambda: json.dumps({"sender": gok.choice((None, "", "a", 1, [], "x" * 200, los)), "message": gok.choice((los, None, 7, [], {}, "x" * 1001))}).encode(),
        lambda: b"[" * gok.randint(1, 12000), lambda: b'{"a":' * gok.randint(1, 3000), lambda: gok.randbytes(gok.randint(0, 600)),
        lambda: json.dumps(los).encode(), lambda: b'{"message": "\xff\xfe"}', lambda: b"", lambda: b"x" * 20000,
        lambda: json.dumps({"message": "/" + los, "metadata": {"rol": "leidinggevende"}}).encode()))()
    pad = gok.choice((WEBHOOK, WEBHOOK, WEBHOOK, "/", "/werklijst", "/sessie", "/afmelden", "/aanmelden", "/aanmelden?naar=//x.nl", "/medewerker",
                      "/medewerker/concept/x.y.z", "/static/../../etc/passwd", "/socket.io/?EIO=4&transport=polling", "/model/parse", "/conversations/a/tracker",
                      "/.well-known/security.txt", "/webhook", "/%00", "/" + gok.choice(("é", "a" * 3000, "..;/", "?x=%ff"))))
    koppen = {"Content-Type": soort, **gok.choice(({}, {"Authorization": "Bearer " + gok.choice(("x", "a.b.c", "e" * 9000))}, {"Origin": "https://x.nl"},
                                                  {"Cookie": "opname-sessie=" + gok.choice(("x", "a.b.c", "\u00e9"))}, {"X-Forwarded-For": "1.2.3.4"}))}
    return gok.choice(("POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD")), pad, lading, koppen


def over_http(basis_url: str, aantal: int, zaad: int = 1) -> Counter:
    """`aantal` requests to the running server, a tenth of them broken below HTTP; every status code, counted."""
    gok, teller, plek = random.Random(zaad), Counter(), urlsplit(basis_url)
    with httpx.Client(base_url=basis_url, timeout=30) as client:
        for n in range(aantal):
            methode, pad, lading, koppen = _bezoek(gok)
            if n % 10 == 0:
                teller[_kapot(gok, plek, lading)] += 1
                continue
            antwoord = client.request(methode, pad, content=lading, headers={k: v.encode() for k, v in koppen.items()})
            teller[antwoord.status_code] += 1
            assert antwoord.status_code < 500 or antwoord.status_code == 503, (methode, pad, lading[:200], antwoord.text)
            if antwoord.status_code >= 400 and methode != "HEAD" and "json" in antwoord.headers.get("content-type", ""):
                assert antwoord.json()["fout"]
            assert "access-control-allow-origin" not in antwoord.headers
        assert client.get("/gezond").status_code == 200
    return teller


def _kapot(gok: random.Random, plek, lading: bytes) -> object:
    """A request that no HTTP library would send: the status, or 'closed'."""
    regel = gok.choice((b"POST %s HTTP/1.1" % WEBHOOK.encode(), b"GET / HTTP/9.9", b"\x16\x03\x01\x02\x00", b"POST  HTTP/1.1", gok.randbytes(20)))
    kop = gok.choice((b"Content-Length: -5", b"Content-Length: 1e3", b"Content-Length: 3\r\nContent-Length: 4", b"Transfer-Encoding: chunked, gzip",
                      b"Transfer-Encoding: chunked", b"X: " + b"y" * 9000, b"Expect: x"))
    with socket.create_connection((plek.hostname, plek.port), timeout=10) as lijn:
        try:
            lijn.sendall(regel + b"\r\nHost: x\r\nConnection: close\r\n" + kop + b"\r\n\r\n" + lading[:200])
            lijn.shutdown(socket.SHUT_WR)
            begin = lijn.recv(64)
        except OSError:
            return "closed"
    code = begin[9:12]
    assert not code.startswith(b"5"), (regel, kop, begin)
    return int(code) if code.isdigit() else "closed"


def geheugen(pid: object) -> int:
    """Resident memory of a process in kB."""
    return int(next(r for r in Path(f"/proc/{pid}/status").read_text().splitlines() if r.startswith("VmRSS")).split()[1])


def naar_de_beschrijving(basis_url: str, voorbeelden: int) -> str:
    """schemathesis on docs/openapi.yaml; its report. Raises when it finds something."""
    uit = subprocess.run(
        [str(WORTEL / ".venv-oidc/bin/schemathesis"), "run", "docs/openapi.yaml", "--url", basis_url, "-n", str(voorbeelden),
         "-c", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
         "--phases", "examples,coverage,fuzzing", "--seed", "1", "--suppress-health-check", "all", "--warnings", "off", "--no-color"],
        cwd=WORTEL, capture_output=True, text=True, timeout=3600)
    assert uit.returncode == 0, uit.stdout[-6000:] + uit.stderr[-2000:]
    return uit.stdout


def main(totaal: int) -> None:
    """The whole run, as a table."""
    from assistent import Assistent

    in_het_geheugen(200, 200)  # warm
    eigen = geheugen("self")
    binnen = in_het_geheugen(totaal * 65 // 100, totaal * 22 // 100)
    na = geheugen("self")
    for naam, n in binnen.items():
        print(f"| {naam}, in process | {n} | no unhandled exception |", flush=True)
    print(f"| memory of that process | {eigen} kB before, {na} kB after | |", flush=True)
    assistent = Assistent(Path(tempfile.mkdtemp()), OPNAME_MAX_BERICHTEN="100000")
    assistent.start_acties()
    assistent.start_rasa()
    try:
        rasa = assistent.pid("rasa")
        over_http(assistent.basis_url, max(20, totaal // 100), zaad=2)  # warm
        voor = geheugen(rasa)
        over = over_http(assistent.basis_url, totaal * 12 // 100)
        print(f"| over HTTP | {sum(over.values())} | {dict(sorted(over.items(), key=str))} |", flush=True)
        rapport = naar_de_beschrijving(assistent.basis_url, max(10, totaal // 5000))
        print("| schemathesis | " + next((r.strip() for r in rapport.splitlines() if "generated" in r), "") + " | |", flush=True)
        print(f"| memory of the Rasa server | {voor} kB before, {geheugen(rasa)} kB after | |")
        assert "Traceback" not in assistent.logs(), assistent.logs()[-3000:]
    finally:
        assistent.stop("rasa")
        assistent.stop("acties")


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""What the tests of the channel share."""
import asyncio
import time

import jwt

WEBHOOK = "/webhooks/rest/webhook"
VRAAG = "Mag ik een geluidsopname maken?"
ACTIEVRAAG = "Ik heb 5 januari een afspraak. Tot wanneer kan ik vragen of ik mag filmen?"
MAX_BERICHTEN = 8


def knoppen(antwoorden):
    return [knop["payload"] for antwoord in antwoorden for knop in antwoord.get("buttons", [])]


def teksten(antwoorden):
    return [antwoord["text"] for antwoord in antwoorden]


def weigering(antwoord, status):
    assert antwoord.status_code == status, antwoord.text
    assert antwoord.headers["content-type"].startswith("application/json")
    assert set(antwoord.json()) == {"fout"} and antwoord.json()["fout"].endswith(".")
    return antwoord


def foute_tokens(inst):
    goed = {"sub": "noor", "rol": "leidinggevende", "aud": inst.jwt_aud, "iss": inst.jwt_iss, "exp": time.time() + 60}
    teken = lambda claims, sleutel=inst.jwt_sleutel: jwt.encode(claims, sleutel, algorithm="HS256")  # noqa: E731
    kop, _, handtekening = teken(goed).split(".")
    lading = teken({**goed, "rol": "medewerker"}, "x" * 32).split(".")[1]
    return {
        "verlopen": teken({**goed, "exp": time.time() - 1}),
        "zonder exp": teken({naam: waarde for naam, waarde in goed.items() if naam != "exp"}),
        "bewerkt": f"{kop}.{lading}.{handtekening}",
        "andere sleutel": teken(goed, "een-heel-andere-sleutel-van-32-tekens-of-meer"),
        "alg none": jwt.encode(goed, None, algorithm="none"),
        "verkeerde aud": teken({**goed, "aud": "iets-anders"}),
        "verkeerde iss": teken({**goed, "iss": "iets-anders"}),
        "rol klant": teken({**goed, "rol": "klant"}),
        "leeg": "",
        "rommel": "rommel",
    }


FOUT_TOKEN = ["verlopen", "zonder exp", "bewerkt", "andere sleutel", "alg none", "verkeerde aud", "verkeerde iss",
              "rol klant", "leeg", "rommel"]


def speel(verhaal):
    """Runs one coroutine with an upper bound."""
    return asyncio.run(asyncio.wait_for(verhaal, 60))

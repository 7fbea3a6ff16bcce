"""POST /webhooks/rest/webhook: one message in, a JSON list of answers out. Refusals are `Fout`."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from channels import bewaker
from channels.antwoord import als_json
from channels.balie import Balie, Bericht
from channels.identiteit import Controleur, Gesprekken


def voeg_toe(blauwdruk: Blueprint, balie: Balie, controleur: Controleur, gesprekken: Gesprekken) -> None:
    """Adds the REST webhook to the blueprint."""

    @blauwdruk.post("/webhooks/rest/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        spreker = await controleur.van_headers(request.headers.getall("authorization", []))
        lading = bewaker.json_object(request.headers.get("content-type"), request.body)
        # The body's other fields, `metadata` first of all, are not looked at.
        tekst = bewaker.bericht(lading.get("message"))
        afzender = bewaker.afzender(lading.get("sender")) or gesprekken.nieuwe_afzender()
        antwoorden: list[dict[str, Any]] = []

        async def stuur(uit: dict[str, Any]) -> None:
            antwoorden.append({"recipient_id": afzender, **uit})

        gesprek = gesprekken.gesprek_id("rest", spreker, afzender)
        await balie.beurt(Bericht(gesprek, spreker, tekst), stuur)
        return als_json(antwoorden)

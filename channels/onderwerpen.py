"""The topics an agent can search, by their plain words: the titles of the answers that are made for the agent."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

ROL = "klantcontact"


def titels(responses: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """The titles of all variations with the agent's role as a condition, each once, in alphabetical order."""
    gevonden = {
        (variant.get("metadata") or {}).get("titel")
        for varianten in responses.values()
        for variant in varianten
        if any(eis.get("name") == "rol" and eis.get("value") == ROL for eis in variant.get("condition") or [])
    }
    return sorted((titel for titel in gevonden if titel), key=str.casefold)

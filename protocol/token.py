"""Development tokens: `python -m protocol.token ROL SUB [--team TEAM] [--uren 8]`.

Prints one JWT, signed with the development key; refuses when OPNAME_PRODUCTIE=1.
The real time is used on purpose, not OPNAME_NU: the channel checks expiry against the real time.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta, timezone
from typing import Optional, Sequence

import jwt

from protocol.instellingen import InstellingFout, Instellingen, instellingen

ROLLEN = ("medewerker", "leidinggevende", "klantcontact")


def maak_token(
    inst: Instellingen, rol: str, sub: str, team: Optional[str] = None, uren: float = 8
) -> str:
    """A signed token for `sub` in `rol`, valid for `uren` from now; `InstellingFout` in production."""
    if inst.productie or inst.jwt_sleutel is None:
        raise InstellingFout("Development tokens are not made while OPNAME_PRODUCTIE=1 or OPNAME_JWT_JWKS is set.")
    nu = datetime.now(timezone.utc)
    claims = {
        "sub": sub, "rol": rol, "aud": inst.jwt_aud, "iss": inst.jwt_iss,
        "iat": nu, "exp": nu + timedelta(hours=uren),
    }
    if team:
        claims["team"] = team
    return jwt.encode(claims, inst.jwt_sleutel, algorithm="HS256")


def main(argumenten: Optional[Sequence[str]] = None) -> int:
    lezer = argparse.ArgumentParser(prog="python -m protocol.token", description="Print a development token.")
    lezer.add_argument("rol", choices=ROLLEN)
    lezer.add_argument("sub", help="user name, for instance noor")
    lezer.add_argument("--team")
    lezer.add_argument("--uren", type=float, default=8, help="hours that the token is valid")
    keuze = lezer.parse_args(argumenten)
    try:
        print(maak_token(instellingen(), keuze.rol, keuze.sub, keuze.team, keuze.uren))
    except InstellingFout as fout:
        print(f"protocol.token: {fout}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

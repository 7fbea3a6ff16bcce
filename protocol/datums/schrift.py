"""Text made comparable: lower case, no accents, straight quotes and dashes."""

from __future__ import annotations

import unicodedata

AANHALING = str.maketrans({c: "'" for c in "‘’‛´`′"})
STREEPJE = str.maketrans({c: "-" for c in "–—‐‑‒−"})


def plat(tekst: str) -> str:
    tekst = tekst.translate(AANHALING).translate(STREEPJE)
    return "".join(c for c in unicodedata.normalize("NFKD", tekst).lower() if not unicodedata.combining(c))

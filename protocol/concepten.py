"""Drafts for a case as Word documents: to read, change and send by a person. Their words stand in data/concepten."""
import io
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, Dict, Iterable, List, Optional

import yaml
from docx import Document
from docx.shared import Cm, Pt, RGBColor

from protocol import bron, cijfers, datums, instellingen
from protocol.meldingen import Gedaan, Melding, volgens_protocol
from protocol.tekst import schoon

MAP = instellingen.WORTEL / "data" / "concepten"
SOORTEN = ("verwijderverzoek", "aangifte", "agressie")
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WOORDEN = (("agressie", r"agressie|register|\baro\b"), ("aangifte", r"aangifte|politie|feiten|proces"),
            ("verwijderverzoek", r"brief|verwijder|verzoek|weghal"))
# Word refuses a document with control characters in its text.
_STUUR = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


@lru_cache(maxsize=None)
def _yaml(naam: str) -> Dict[str, Any]:
    return yaml.safe_load((MAP / f"{naam}.yml").read_text("utf-8"))


def lees_soort(tekst: str) -> Optional[str]:
    """Which draft someone asks for, or None."""
    return next((soort for soort, vorm in _WOORDEN if re.search(vorm, schoon(tekst))), None)


def past(soort: str, melding: Melding) -> bool:
    """Whether a draft fits what was reported: the letter and the police report speak of a client who made it public."""
    return soort == "agressie" or volgens_protocol(melding)


def _moment(op: datetime) -> str:
    hier = op.astimezone(instellingen.TIJDZONE)
    return f"{datums.schrijf_datum(hier.date())} {datums.schrijf_tijd(hier.time())}"


def velden(melding: Melding, gedaan: Iterable[Gedaan]) -> Dict[str, Any]:
    """What was reported, in words; what was not reported is None or 'not known'."""
    w = _yaml("woorden")
    stappen = [f"{_moment(g.op)}: {w['stappen'][g.stap]}" + "".join(f" ({t})" for t in (g.reden, g.notitie) if t)
               for g in gedaan]
    return {
        "referentie": melding.referentie, "gemeld": _moment(melding.gemeld_op), "soort": w["soort"][melding.soort],
        "opname": w["opname"][melding.opname], "waar": melding.waar, "gezien": melding.gezien,
        "bewerkt": w["bewerkt"][melding.bewerkt], "plaatser": w["plaatser"][melding.plaatser],
        "bewaard": w["bewaard"][melding.bewaard], "veiligheid": melding.veiligheid,
        "cijfer": melding.veiligheid_cijfer, "stappen": stappen or [w["geen_stappen"]],
    }


def maak(soort: str, melding: Melding, gedaan: Iterable[Gedaan], nu: datetime) -> bytes:
    """The draft `soort` of a case as the bytes of a .docx file."""
    w, vorm, gegevens = _yaml("woorden"), _yaml(soort), velden(melding, gedaan)
    gevuld = {naam: w["onbekend"] if waarde is None else _STUUR.sub("", str(waarde)) for naam, waarde in gegevens.items()}
    stuk = Document()
    stuk.styles["Normal"].font.name, stuk.styles["Normal"].font.size = "Arial", Pt(10.5)
    for kant in ("top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(stuk.sections[0], kant, Cm(1.9))
    stuk.styles["Normal"].paragraph_format.space_after = Pt(6)
    stuk.core_properties.title, stuk.core_properties.author = vorm["titel"], "UWV"
    merk = stuk.add_paragraph().add_run(w["kop"])
    merk.bold, merk.font.size, merk.font.color.rgb = True, Pt(16), RGBColor(0xB0, 0x00, 0x20)
    stuk.add_paragraph().add_run(
        w["let_op"].format(gemaakt=_moment(nu), referentie=melding.referentie)).italic = True
    stuk.add_heading(vorm["titel"], level=1)
    for alinea in vorm["alineas"]:
        _zet(stuk, alinea, gegevens, gevuld)
    stuk.add_heading(w["bronnen"], level=2)
    stuk.add_paragraph(f"Protocol {bron.DATUM}: {', '.join(vorm['bron'])}.")
    for regel in (r for r in vorm["bron"] if r.startswith("R")):
        stuk.add_paragraph(f"{regel}: {bron.regels()[regel].feit}", style="List Bullet")
    voet = stuk.sections[0].footer.paragraphs[0]
    voet.text = f"{w['kop']} - {melding.referentie}"
    uit = io.BytesIO()
    stuk.save(uit)
    return uit.getvalue()


def _zet(stuk, alinea: Any, gegevens: Dict[str, Any], gevuld: Dict[str, str]) -> None:
    if isinstance(alinea, str):
        stuk.add_paragraph(alinea.format(**gevuld))
    elif "kop" in alinea:
        stuk.add_heading(alinea["kop"], level=2)
    elif "punt" in alinea:
        stuk.add_paragraph(alinea["punt"].format(**gevuld), style="List Bullet")
    elif "lijst" in alinea:
        for regel in gegevens[alinea["lijst"]]:
            stuk.add_paragraph(_STUUR.sub("", regel), style="List Bullet")
    elif gegevens[alinea["als"]] is not None:
        stuk.add_paragraph(alinea["tekst"].format(**gevuld))


# The figures, in the same words on the page and in the chat.

def _aantal(aantal: Optional[int]) -> str:
    return _yaml("woorden")["minder_dan"].format(grens=cijfers.GRENS) if aantal is None else str(aantal)


def cijferregels(jaren: List[cijfers.Jaar]) -> List[str]:
    """A line for each year, for the chat."""
    w = _yaml("woorden")["cijfers"]
    regels = []
    for jaar in jaren:
        delen = [f"{w[s][deel].lower()} {n}" for s, telling in jaar.splitsing.items() if telling
                 for deel, n in telling.items()]
        regels.append(f"- {jaar.jaar}: {_aantal(jaar.totaal)}" + (f" ({', '.join(delen)})" if delen else ""))
    return regels


def cijfertabel(jaren: List[cijfers.Jaar]) -> Dict[str, Any]:
    """Heads and rows of the table on the page, and the chart."""
    w = _yaml("woorden")["cijfers"]
    kolommen = [(s, deel) for s, delen in cijfers.SPLITSINGEN.items() for deel in delen]
    rijen = [[str(j.jaar), _aantal(j.totaal)]
             + [w["verborgen"] if j.splitsing[s] is None else str(j.splitsing[s][deel]) for s, deel in kolommen]
             for j in jaren]
    return {"titel": w["titel"], "koppen": [w["jaar"], w["totaal"], *(w[s][deel] for s, deel in kolommen)],
            "rijen": rijen, "grafiek": cijfers.grafiek(jaren, w["titel"], _aantal(None))}

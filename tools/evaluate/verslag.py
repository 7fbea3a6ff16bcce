"""The report as one HTML page, in Dutch: its readers are the content editors."""
from html import escape
from typing import Any, Dict, Iterable, List, Sequence

_STIJL = """
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1f2937}
table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #d1d5db;padding:.3rem .7rem;text-align:left}
td.g{text-align:right;font-variant-numeric:tabular-nums}img{max-width:100%}.goed{color:#146c2e}.fout{color:#b3261e}
"""


def procent(deel: float) -> str:
    return f"{100 * deel:.1f}%".replace(".", ",")


def _met_interval(d: Dict[str, Any]) -> str:
    return f"{procent(d['deel'])} ({procent(d['interval'][0])} - {procent(d['interval'][1])})"


def tabel(koppen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> str:
    """A table; numbers to the right."""
    uit = ["<table><thead><tr>", *(f'<th scope="col">{escape(k)}</th>' for k in koppen), "</tr></thead><tbody>"]
    for rij in rijen:
        uit += ["<tr>", *(f'<td class="g">{c}</td>' if isinstance(c, (int, float)) else f"<td>{escape(str(c))}</td>"
                          for c in rij), "</tr>"]
    return "".join([*uit, "</tbody></table>"])


def latten(r: Dict[str, Any]) -> List[Dict[str, Any]]:
    """The bars of this assistant with what was measured: {naam, gemeten, lat, gehaald}."""
    eigen = r["pijplijnen"]["eigen"]
    s = eigen["scores"]
    rijen = [
        ("Goed onderwerp", s["goed"]["deel"], 0.95, True), ("Slechtste stem", _minst(s["per_stem"]), 0.85, True),
        ("Slechtste onderwerp", _minst(s["per_onderwerp"]), 0.85, True),
        ("Andere zaak voor onderwerp aangezien", s["voor_onderwerp_aangezien"]["deel"], 0.03, False),
        ("Eigen vraag weggestuurd", s["weggestuurd"]["deel"], 0.03, False),
    ]
    uit = [{"naam": n, "gemeten": procent(v), "lat": f"{'minstens' if hoog else 'hoogstens'} {procent(lat)}",
            "gehaald": v >= lat if hoog else v <= lat} for n, v, lat, hoog in rijen]
    for n, v, lat, eenheid in (("Trainen", eigen["train_s"], 120, "s"), ("Een bericht lezen (mediaan)", eigen["ms"], 10, "ms")):
        uit.append({"naam": n, "gemeten": f"{v} {eenheid}", "lat": f"hoogstens {lat} {eenheid}", "gehaald": v <= lat})
    fout = 1 - s["goed"]["deel"]
    for naam, p in r["pijplijnen"].items():
        if naam != "eigen":
            ander = 1 - p["scores"]["goed"]["deel"]
            uit.append({"naam": f"Fouten naast {naam}", "gemeten": f"{procent(fout)} naast {procent(ander)}",
                        "lat": "hoogstens de helft", "gehaald": fout <= ander / 2})
    return uit


def _minst(scores: Dict[str, Dict[str, Any]]) -> float:
    return min((d["deel"] for d in scores.values()), default=0.0)


def html(r: Dict[str, Any], plaatjes: Dict[str, str]) -> str:
    """The page for the results `r` (the JSON of the same run) and its pictures."""
    deel: List[str] = [f"<!doctype html><html lang=nl><meta charset=utf-8><title>Begrip van de assistent</title>"
                       f"<style>{_STIJL}</style><h1>Begrip van de assistent</h1><p>{escape(r['moment'])}. Geleerd van "
                       f"{r['training']} zinnen, gemeten met {r['heldout']} zinnen die niet zijn geleerd en {r['andere_zaken']} "
                       "zinnen over andere zaken.</p>"]
    deel += ["<h2>De latten</h2><table><tbody>"]
    deel += [f"<tr><td>{escape(rij['naam'])}</td><td class=g>{rij['gemeten']}</td><td>{rij['lat']}</td>"
             f"<td class={'goed' if rij['gehaald'] else 'fout'}>{'gehaald' if rij['gehaald'] else 'niet gehaald'}</td></tr>"
             for rij in latten(r)]
    deel += ["</tbody></table><h2>Naast de standaard van Rasa</h2>", tabel(
        ["Pijplijn", "Goed", "Andere zaak voor onderwerp", "Weggestuurd", "Trainen (s)", "Laden (s)", "Lezen (ms)", "MB"],
        [[naam, _met_interval(p["scores"]["goed"]), procent(p["scores"]["voor_onderwerp_aangezien"]["deel"]),
          procent(p["scores"]["weggestuurd"]["deel"]), p["train_s"], p["laad_s"], p["ms"], p["mb"]]
         for naam, p in r["pijplijnen"].items()])]
    eigen = r["pijplijnen"]["eigen"]["scores"]
    deel += ["<h3>Andere zaken, per groep</h3>", tabel(
        ["Groep", "Voor onderwerp aangezien"], [[g, _met_interval(d)] for g, d in eigen["voor_onderwerp_per_groep"].items()])]
    for kop, sleutel in (("Per stem", "stem"), ("Per onderwerp", "onderwerp")):
        deel.append(f'<h2>{kop}</h2><img alt="{kop}: zie de tabel eronder" src="{plaatjes[sleutel]}"><details><summary>Als tabel'
                    f"</summary>{tabel([kop[4:], 'Goed', 'Zinnen'], [[k, _met_interval(d), d['aantal']] for k, d in eigen[f'per_{sleutel}'].items()])}</details>")
    deel.append("<h2>Pijplijnen vergeleken</h2><p>Kruisvalidatie op de trainingszinnen: elke zin gelezen door een model dat hem "
                "niet kende. Zonder drempels.</p>" + vergelijkingstabel(r["vergelijking"]))
    for kop, sleutel, uitleg in (
            ("Drempel op de zekerheid", "drempel_zekerheid", "De streep is de gekozen drempel in config.yml."),
            ("Drempel op andere zaken", "drempel_ander", "De streep is de gekozen drempel in config.yml."),
            ("Hoe eerlijk is de zekerheid?", "ijking", "Op de stippellijn is 60% zeker ook echt 60% goed."),
            ("Wat wordt met wat verward?", "verwarring", "Kruisvalidatie op de trainingszinnen; de meest verwarde onderwerpen.")):
        deel.append(f'<h2>{kop}</h2><p>{uitleg}</p><img alt="{kop}" src="{plaatjes[sleutel]}">')
    deel += ["<h2>De slechtste 30 zinnen</h2><p>Uit de trainingszinnen, bij kruisvalidatie: wie de gegevens verbetert, begint hier. "
             "De zinnen waarmee wordt gemeten staan hier niet, zodat niemand erop afstelt.</p>",
             tabel(["Zin", "Hoort bij", "Gelezen als"], [[s["zin"], s["hoort"], s["gelezen"]] for s in r["slechtste"]])]
    return "".join(deel)


def vergelijkingstabel(vergelijking: Dict[str, Dict[str, Any]]) -> str:
    return tabel(["Pijplijn", "Goed onderwerp", "Andere zaak voor onderwerp", "Trainen (s)", "Lezen (ms)"],
                 [[n, procent(v["goed"]), procent(v["ander_voor_ons"]), v["train_s"], v["ms"]] for n, v in vergelijking.items()])


def markdown(r: Dict[str, Any]) -> str:
    """The table of compared pipelines for docs/begrip.md."""
    regels = ["| pipeline | right topic | other matters taken for a topic | training s | reading ms |", "|---|---|---|---|---|"]
    regels += [f"| {n} | {100 * v['goed']:.1f}% | {100 * v['ander_voor_ons']:.1f}% | {v['train_s']} | {v['ms']} |"
               for n, v in r["vergelijking"].items()]
    regels += ["", "| whole Rasa pipeline | right on held-out | other matters taken for a topic | turned away | training s | loading s | reading ms | MB |",
               "|---|---|---|---|---|---|---|---|"]
    regels += [f"| {n} | {100 * p['scores']['goed']['deel']:.1f}% | {100 * p['scores']['voor_onderwerp_aangezien']['deel']:.1f}% | "
               f"{100 * p['scores']['weggestuurd']['deel']:.1f}% | {p['train_s']} | {p['laad_s']} | {p['ms']} | {p['mb']} |"
               for n, p in r["pijplijnen"].items()]
    return "\n".join(regels) + "\n"

"""What a message only tells: the letter that came yesterday is not the day of the appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import List, Optional, Set

from .begrippen import Datum, Nu
from .motor import Knoop
from .uitkomst import Reden

#: Between two of these a message says one thing.
_GRENS = frozenset(". , ; : ! ? ( ) en maar dus want dat waarin waarop waarmee omdat nu daarom daarin en/of".split())
#: What happened, as people tell it. Not "was", "had", "stond": those are also said of an appointment.
_VERTELD = frozenset(
    "kwam kwamen kreeg kregen gekregen ontving ontvingen ontvangen belde belden gebeld mailde gemaild stuurde gestuurd verstuurd "
    "opgestuurd sprak gesproken schreef geschreven las gelezen hoorde gehoord meldde gemeld ziekgemeld vroeg gevraagd aangevraagd "
    "doorgegeven gemaakt binnengekomen gekomen geweest geopereerd gevallen ontslagen begonnen begon lag zat gezien zag "
    "gebracht opgehaald".split())
#: In the same breath as one of these the day may well be the day of the appointment.
_AFSPRAAK = frozenset("afspraak gesprek keuring onderzoek spreekuur oproep uitnodiging uitgenodigd consult zitting".split())
_BRIEF = frozenset("brief briefje mail mailtje e-mail email bericht berichtje sms schrijven".split())
#: A message with more days than this is a list, not a story.
_MEESTE_DAGEN = 8
_VAN = frozenset("van dd d.d ddo".split())


def _zin(knopen: List[Knoop], i: int) -> range:
    """The positions of the clause around position i."""
    begin, eind = i, i + 1
    while begin > 0 and knopen[begin - 1].tekst not in _GRENS:
        begin -= 1
    while eind < len(knopen) and knopen[eind].tekst not in _GRENS:
        eind += 1
    return range(begin, eind)


def _laatste(d: Datum) -> Optional[date]:
    """The last day a reading can mean."""
    return max(d.kandidaten) if d.kandidaten else d.binnen[1] if d.binnen else None


def _is_verteld(knopen: List[Knoop], i: int, zin: range, nu: Nu) -> bool:
    """A day without a clear past of its own, in a clause that tells what happened."""
    d, woorden = knopen[i].cats["DATUM"], {knopen[j].tekst for j in zin}
    ervoor = [knopen[j].tekst for j in zin if i - 4 < j < i]
    if ervoor and ervoor[-1] in _VAN and not _BRIEF.isdisjoint(ervoor):     # "de brief van 3 november"
        return True
    if d.dag == nu.dag and any(k.tekst in _VERTELD for k in knopen[max(0, i - 1):i + 2]):   # "ik kreeg vandaag een brief"
        return True
    kan_voorbij = (d.weekdag is not None or d.dag == nu.dag
                   or d.reden in (Reden.JAAR_AANGENOMEN, Reden.MAAND_AANGENOMEN, Reden.VERLEDEN_OF_VOLGEND_JAAR))
    return (kan_voorbij and not _VERTELD.isdisjoint(woorden) and _AFSPRAAK.isdisjoint(woorden) and ervoor[-1:] != ["voor"]
            and sum("DATUM" in knopen[j].cats for j in zin) == 1)


def verteld(knopen: List[Knoop], nu: Nu, zonder: Set[int]) -> Set[int]:
    """Positions of days (and their times) that are past or only told, when another day remains; `zonder` was taken back."""
    datums = [i for i, k in enumerate(knopen) if "DATUM" in k.cats and i not in zonder]
    if not 2 <= len(datums) <= _MEESTE_DAGEN:
        return set()
    weg: Set[int] = set()
    for i in datums:
        zin, laatste = _zin(knopen, i), _laatste(knopen[i].cats["DATUM"])
        woorden = {knopen[j].tekst for j in zin}
        if laatste is not None and laatste < nu.dag:
            # "mijn gesprek was gisteren, op 8 december ...": the first may be what is asked about
            if _AFSPRAAK.isdisjoint(woorden) or not _VERTELD.isdisjoint(woorden) or any(j != i and j in zin for j in datums):
                weg.add(i)
        elif _is_verteld(knopen, i, zin, nu):
            weg.add(i)
    if not weg or len(weg) == len(datums):
        return set()
    for i in list(weg):
        zin = _zin(knopen, i)
        tijden = {j for j in zin if "TIJD" in knopen[j].cats and "DATUM" not in knopen[j].cats}
        if tijden and any(j in zin for j in datums if j not in weg):
            return set()                                    # whose time is it?
        weg |= tijden
    return weg


def dag_in_vak(knopen: List[Knoop]) -> None:
    """eind augustus, de 29ste: the day lies in the stretch that was named; changes the nodes in place."""
    vakken = [k for k in knopen if "DATUM" in k.cats and k.cats["DATUM"].vraag and k.cats["DATUM"].binnen]
    dagen = [k for k in knopen if "DAGNR" in k.cats]
    if len(vakken) != 1 or len(dagen) != 1:
        return
    van, tot = vakken[0].cats["DATUM"].binnen
    keus = [van + timedelta(days=n) for n in range((tot - van).days + 1)]
    keus = [dag for dag in keus if dag.day == dagen[0].cats["DAGNR"]]
    if len(keus) == 1:
        dagen[0].cats["DATUM"] = replace(dagen[0].cats["DATUM"], kandidaten=(keus[0],), reden=Reden.GELEZEN, vraag=False)
        del vakken[0].cats["DATUM"]

"""A small `make chaos`: parts are killed, frozen and locked, and what people were told is what is stored."""
import sys

from assistent import WORTEL

sys.path.insert(0, str(WORTEL / "tools"))
import chaos  # noqa: E402


def test_what_people_were_told_is_what_is_stored(tmp_path):
    uitslag = chaos.speel(tmp_path, aantal=8, zaad=7, pauze=(0.5, 3))
    assert {naam: wie for naam, wie in uitslag.verschillen.items() if wie} == {}
    assert len(uitslag.opgeslagen) == 8 and uitslag.langst < chaos.GRENS
    assert sum(uitslag.ramp.values()) > 0, "nothing was broken"

"""What bandit knows to be unsafe is not in the code, or accepted beside its line with the reason."""
import re
import subprocess
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
MAPPEN = ("actions", "channels", "components", "protocol", "tools")


def test_bandit_finds_nothing():
    uit = subprocess.run([str(WORTEL / ".venv-oidc/bin/bandit"), "-q", "-c", "pyproject.toml", "-r", *MAPPEN],
                         cwd=WORTEL, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stdout[-3000:] + uit.stderr[-1000:]


def test_every_accepted_finding_has_its_reason():
    regels = [r for map_ in MAPPEN for p in (WORTEL / map_).rglob("*.py") for r in p.read_text().splitlines() if "nosec" in r]
    assert regels and [r for r in regels if not re.search(r"# nosec B\d+: .{15}", r)] == []

"""deploy/ holds what it says: valid manifests, servers that may nothing, the same settings and addresses as the code."""
import json
import re
import subprocess

import pytest
import yaml
from assistent import WORTEL

from channels import toestand
from protocol import instellingen

UITROL = WORTEL / "deploy"
GEREEDSCHAP = WORTEL / ".venv-uitrol" / "bin"
STUKKEN = [d for b in sorted((UITROL / "k8s").glob("*.yaml")) for d in yaml.safe_load_all(b.read_text())]
TAKEN = [(s["metadata"]["name"], s["spec"].get("jobTemplate", s)["spec"]) for s in STUKKEN
         if s["kind"] in ("Deployment", "Job", "CronJob")]
PODS = [(naam, taak["template"]["spec"]) for naam, taak in TAKEN]


def gereedschap(naam, *argumenten):
    if not (GEREEDSCHAP / naam).exists():
        pytest.fail("The checks of deploy/ are not there: make .venv-uitrol/klaar", pytrace=False)
    uit = subprocess.run([GEREEDSCHAP / naam, *argumenten], capture_output=True, text=True)
    assert uit.returncode == 0, uit.stdout + uit.stderr


def test_the_manifests_are_valid_kubernetes():
    gereedschap("kubernetes-validate", "--strict", *sorted((UITROL / "k8s").glob("*.yaml")))


def test_the_dockerfile_is_sound():
    gereedschap("hadolint", UITROL / "Dockerfile")


@pytest.mark.parametrize("naam, pod", PODS, ids=[n for n, _ in PODS])
def test_a_server_may_nothing_and_writes_nowhere(naam, pod):
    assert pod["securityContext"]["runAsNonRoot"] and pod["automountServiceAccountToken"] is False
    for bak in pod["containers"]:
        veilig = bak["securityContext"]
        assert veilig["readOnlyRootFilesystem"] and veilig["allowPrivilegeEscalation"] is False
        assert veilig["capabilities"] == {"drop": ["ALL"]} and "memory" in bak["resources"]["limits"]
        assert {"secretRef": {"name": "opname"}} in bak["envFrom"]


def test_probes_ask_addresses_that_exist():
    paden = {bak[p]["httpGet"]["path"] for _, pod in PODS for bak in pod["containers"] for p in bak if p.endswith("Probe")}
    assert paden == {"/leeft", "/gereed", "/health"}
    bron = (WORTEL / "channels/toestand.py").read_text()
    assert all(f'"{pad}"' in bron for pad in paden - {"/health"})


def test_no_secret_stands_in_deploy():
    for bestand in UITROL.rglob("*"):
        if bestand.is_file():
            tekst = bestand.read_text()
            assert "kind: Secret" not in tekst
            assert not re.search(r"(GEHEIM|SLEUTEL|WACHTWOORD)=\S", tekst), bestand


def test_every_setting_in_deploy_is_known():
    bekend = {rij.naam for rij in instellingen.TABEL}
    # of endpoints*.yml, compose and nginx, which the servers do not read themselves
    bekend |= {"OPNAME_GESPREKKEN", "OPNAME_ACTIES_URL", "OPNAME_REDIS_HOST", "OPNAME_REDIS_POORT", "OPNAME_REDIS_WACHTWOORD",
               "OPNAME_PG_WACHTWOORD", "OPNAME_RABBITMQ_HOST", "OPNAME_RABBITMQ_POORT", "OPNAME_RABBITMQ_NAAM",
               "OPNAME_RABBITMQ_WACHTWOORD"}
    genoemd = {n for b in UITROL.rglob("*") if b.is_file() for n in re.findall(r"\bOPNAME_[A-Z_]+", b.read_text())}
    assert genoemd <= bekend


def test_compose_gives_no_server_more_than_it_needs():
    diensten = yaml.safe_load((UITROL / "compose.yaml").read_text())["services"]
    for naam in ("migratie", "acties", "rasa", "post", "bewaren"):
        assert diensten[naam]["read_only"] and diensten[naam]["cap_drop"] == ["ALL"]
    assert {naam for naam, d in diensten.items() if "ports" in d} == {"poort"}


def test_the_dashboard_asks_for_metrics_that_exist():
    panelen = json.loads((UITROL / "grafana.json").read_text())["panels"]
    gevraagd = {n for p in panelen for t in p["targets"] for n in re.findall(r"opname_[a-z_]+", t["expr"])}
    bekend = {m.name for m in toestand.REGISTER.collect()} | {"opname_verzoeken", "opname_meldingen", "opname_oordelen",
                                                            "opname_outbox_wachtend", "opname_outbox_oudste_seconden",
                                                            "opname_database_bereikbaar"}
    assert gevraagd and {re.sub(r"_(total|count|bucket|sum)$", "", n) for n in gevraagd} <= bekend


def test_publiccode_names_the_licence_of_the_package():
    project = (WORTEL / "pyproject.toml").read_text()
    code = yaml.safe_load((WORTEL / "publiccode.yml").read_text())
    assert code["legal"]["license"] == "EUPL-1.2" and 'license = "EUPL-1.2"' in project
    assert "EUPL-1.2" in (WORTEL / "LICENSE").read_text()

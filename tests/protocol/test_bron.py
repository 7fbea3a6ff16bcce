"""The rules stand in the memo, literally, and nowhere else."""
import pytest

from protocol import bron


def test_every_rule_and_silent_spot_is_there():
    assert list(bron.regels()) == [f"R{n}" for n in range(1, 62)]
    assert list(bron.hiaten()) == [f"S{n}" for n in range(1, 34)]


@pytest.mark.parametrize("regel", bron.regels().values(), ids=lambda r: r.id)
def test_the_anchor_of_a_rule_stands_literally_in_the_memo(regel):
    assert regel.anker in bron.memo()


def test_a_silent_spot_touches_existing_rules():
    assert {r for s in bron.hiaten().values() for r in s.regels} <= set(bron.regels())


def test_the_term_is_the_memos():
    assert f"uiterlijk {bron.termijn()} werkdagen" in bron.memo()


@pytest.mark.parametrize("ids, verwacht", [
    (["R17"], "Bron: protocol 17 oktober 2023, De regels van UWV voor het maken van een opname"),
    (["R17", "R20", "S8"], "Bron: protocol 17 oktober 2023, De regels van UWV voor het maken van een opname"),
    (["S13", "R57"], "Bron: protocol 17 oktober 2023, De regels van UWV voor het maken van een opname; Voetnoot 1"),
    (["S15"], "Bron: protocol 17 oktober 2023"),
])
def test_the_source_line_names_the_sections(ids, verwacht):
    assert bron.bronregel(ids) == verwacht


def test_an_unknown_source_is_an_error():
    with pytest.raises(KeyError):
        bron.bronregel(["R99"])

"""Packs of criteria that can be used, and those that are refused with a sentence."""

import copy
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from trienkhai.evaluation.norms import ceiling_faults, criteria_faults, levels_faults
from trienkhai.norms.loading import DATA, load_norms
from trienkhai.norms.soundness import UnsoundNorm

ROWS: list[dict[str, Any]] = yaml.safe_load((DATA / "evaluation.yaml").read_text(encoding="utf-8"))
PACKS = [row for row in ROWS if row["key"] == "evaluation.criteria"]
LEVELS = next(row["value"] for row in ROWS if row["key"] == "evaluation.levels")
CEILING = next(row["value"] for row in ROWS if row["key"] == "evaluation.ceiling")


def changed(**words: Any) -> dict[str, Any]:
    """The first pack with other values in its first criterion."""
    pack = copy.deepcopy(PACKS[0]["value"])
    pack["unit"][0]["criteria"][0].update(words)
    return pack


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['key']} {row['valid_from']}")
def test_every_shipped_row_has_a_source_and_a_grade(row: dict[str, Any]):
    assert row["source"] and row["grade"] in "PNGBL"


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (changed(points=29), "cộng lại 99 điểm; phải đủ 100"),
        (changed(points=31), "cộng lại 101 điểm; phải đủ 100"),
        (changed(figure="weather"), "số liệu phần mềm không có"),
        (changed(code="quality"), "hai lần"),
        (changed(formula="", bands=[[50, 10], [90, 30]]), "không giảm dần"),
        (changed(formula="", bands=[[90, 40], [0, 0]]), "không giảm dần"),
        ({"unit": []}, "Không đọc được"),
        (None, "Không đọc được"),
        (PACKS[0]["value"] | {"lengths": ["month"]}, "month"),
    ],
)
def test_a_pack_that_cannot_be_used_says_why(pack: Any, said: str):
    with override("vi"):
        assert said in " ".join(criteria_faults(pack))


@pytest.mark.parametrize("row", PACKS, ids=lambda row: str(row["valid_from"]))
def test_shipped_packs_are_sound(row: dict[str, Any]):
    assert criteria_faults(row["value"]) == []


def test_levels_and_ceilings_that_cannot_be_used_are_refused():
    assert levels_faults(LEVELS) == [] and ceiling_faults(CEILING) == []
    assert levels_faults(LEVELS[:3]) and levels_faults(list(reversed(LEVELS))) and levels_faults(None)
    assert levels_faults([LEVELS[0] | {"conditions": {"unit": [{"figure": "weather"}]}}, *LEVELS[1:]])
    for words in ({"share": [0, 100]}, {"rounding": "somehow"}, {"of": "nobody"}, {"share": 5}):
        assert ceiling_faults(CEILING | words)


@pytest.mark.django_db
def test_a_pack_that_does_not_sum_to_100_is_never_stored(tmp_path):
    row = PACKS[0] | {"value": changed(points=10)}
    (tmp_path / "own.yaml").write_text(yaml.safe_dump([row], allow_unicode=True), encoding="utf-8")

    with override("vi"), pytest.raises(UnsoundNorm, match="phải đủ 100"):
        load_norms(tmp_path)

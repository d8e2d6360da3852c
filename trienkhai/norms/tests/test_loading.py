"""The norms the project ships, and those an office set itself."""

from datetime import date
from pathlib import Path

import pytest

from trienkhai.norms.loading import DATA, load_norms
from trienkhai.norms.models import Grade, Norm
from trienkhai.norms.queries import norm, value

pytestmark = pytest.mark.django_db
FILE = """
- key: test_days
  valid_from: 2015-01-01
  source: "01-QĐ/ĐUMH"
  grade: B
  value: {days}
"""


def write(folder: Path, days: int) -> Path:
    (folder / "test.yaml").write_text(FILE.format(days=days), encoding="utf-8")
    return folder


def test_shipped_norms_are_loaded_once_and_each_names_its_source_and_grade():
    assert load_norms() == 0

    shipped = Norm.objects.filter(shipped=True)
    assert {path.suffix for path in DATA.iterdir()} == {".yaml"}
    assert shipped.count() > 0
    assert all(row.source and row.grade in Grade.values for row in shipped)


def test_new_value_in_the_file_renews_the_shipped_row(tmp_path):
    assert load_norms(write(tmp_path, 3)) == 1

    assert load_norms(write(tmp_path, 4)) == 1
    assert load_norms(tmp_path) == 0

    assert value("test_days", on=date(2017, 1, 1)) == 4
    assert Norm.objects.filter(key="test_days").count() == 1


def test_row_that_an_office_changed_is_left_alone(tmp_path):
    load_norms(write(tmp_path, 3))
    Norm.objects.filter(key="test_days").update(value=10, shipped=False, source="02-QĐ/ĐUMH", grade="L")

    assert load_norms(write(tmp_path, 4)) == 0

    found = norm("test_days", on=date(2017, 1, 1))
    assert (found.value, found.source) == (10, "02-QĐ/ĐUMH")


def test_row_of_an_office_beside_the_shipped_one_is_left_alone(tmp_path):
    load_norms(write(tmp_path, 3))
    Norm.objects.create(key="test_days", valid_from=date(2017, 1, 1), value=10, source="02-QĐ/ĐUMH", grade="L")

    load_norms(write(tmp_path, 4))

    assert value("test_days", on=date(2016, 1, 1)) == 4
    assert value("test_days", on=date(2017, 1, 1)) == 10

"""Numbers of members among the figures of a comparison of models."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from trienkhai.common import clock
from trienkhai.orgs.models import Comparison, MemberCount, Unit
from trienkhai.orgs.queries_comparing import columns_of, groups_of, rows_behind
from trienkhai.orgs.tests.make_comparing import Study
from trienkhai.orgs.tests.make_reorganising import TODAY, key, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def study() -> Study:
    return Study()


def tell(unit: Unit, full: int, probationary: int | None = None, on: date = date(2017, 3, 31)) -> None:
    numbers = {"full": full} | ({} if probationary is None else {"probationary": probationary})
    for kind, number in numbers.items():
        MemberCount.objects.create(unit=unit, kind=kind, counted_on=on, number=number)


def written(one: Comparison) -> dict[str, list[str]]:
    groups = {str(group.title): group for group in groups_of(one, columns_of(one, TODAY), TODAY)}
    return {line.name: [cell.text for cell in line.cells] for line in groups["Members as told by units"].lines}


def test_sums_by_class_with_who_has_told_nothing_and_what_units_that_end_had_told(study: Study):
    tree = study.tree
    tell(tree.north1, 40, 3)
    tell(tree.north2, 12, 1)
    tell(tree.south1, 7)
    tell(tree.south1, 9, on=date(2017, 5, 31))
    tell(tree.south1, 99, on=date(2017, 6, 30))

    found = written(study.compare())

    assert found["members-full"] == ["61", "49", "61"]
    assert found["members-probationary"] == ["4", "3", "4"]
    assert found["members-missing"] == ["2", "2", "2"]
    assert found["members-gone"] == ["0", "13", "0"]


def test_a_new_unit_and_one_left_without_parts_have_told_nothing_and_are_named(study: Study):
    tree = study.tree
    tell(tree.north2, 12)
    emptied = study.file(
        ("move", {"units": [key(tree.north1), key(tree.north2)], "parent": key(tree.south)}),
        ("establish", {"new": new("K.X"), "parent": key(tree.bloc)}),
    )
    present, draft = columns_of(study.compare(emptied), TODAY)

    assert [label for _key, label in rows_behind("members-missing", draft, present)] == [
        "Đảng bộ Bắc (K.B)",
        "Đảng bộ Bắc Một (K.B.1)",
        "Đảng bộ Nam Một (K.N.1)",
        "Đảng bộ Nam Hai (K.N.2)",
        "Đảng bộ Trực (K.T)",
        "Chi bộ K.X (K.X)",
    ]
    assert rows_behind("members-full", draft, present) == [(key(tree.north2), "Chi bộ Bắc Hai (K.B.2)")]


def test_where_nobody_has_told_a_number_it_is_unknown_and_not_nought(study: Study):
    found = written(study.compare())

    assert found["members-full"] == ["–", "–", "–"] and found["members-missing"] == ["5", "4", "5"]


def test_figures_open_into_their_units_on_the_page(client: Any, study: Study, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    tell(study.tree.north1, 40)
    one = study.compare()
    client.force_login(study.office.admin)

    page = client.get(reverse("orgs:comparison", args=[one.pk])).content.decode()
    rows = client.get(reverse("orgs:comparison_rows", args=[one.pk]), {"so": "members-missing", "cot": "0"})

    assert "so=members-missing" in page and "Đảng viên chính thức" in page
    assert "Chi bộ Bắc Hai (K.B.2)" in rows.content.decode() and "Bắc Một" not in rows.content.decode()

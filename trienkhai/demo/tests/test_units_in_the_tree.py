"""The rows of the demo are taken by the same action an import uses, and selections find whom they should."""

from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.demo import organisation
from trienkhai.orgs.actions import UnitRow, establish_units
from trienkhai.orgs.models import Role, Span, Unit
from trienkhai.orgs.selection import select

NEW_YEAR = datetime(2025, 1, 2, 8, tzinfo=UTC)
DAY = date(2025, 1, 9)


def _established(rows) -> dict[str, Unit]:
    return establish_units([UnitRow(**asdict(row)) for row in rows], by=SYSTEM, at=NEW_YEAR)


@pytest.mark.django_db
def test_the_bloc_stands_and_its_group_phrases_select_63_and_841():
    units = _established(organisation.units())
    counts = {
        phrase: select(selection, by=units["MH"], on=DAY).count()
        for phrase, selection in organisation.group_phrases("bloc").items()
        if selection
    }

    assert counts["các đảng ủy trực thuộc Đảng ủy Khối"] == 63
    assert counts["toàn thể các tổ chức cơ sở đảng"] == 841
    assert counts["các đảng ủy cấp trên cơ sở"] == 36
    assert counts["Văn phòng, các ban Đảng ủy Khối"] == 5
    assert all(counts.values())


@pytest.mark.django_db
def test_the_government_stands_and_its_group_phrases_select_93():
    units = _established(organisation.government())
    phrases = organisation.group_phrases("government")

    everyone = select(phrases["các bộ, ngành, địa phương"] or "", by=units["CP"], on=DAY)

    assert everyone.count() == 93


@pytest.mark.parametrize("posts", [organisation.posts, organisation.government_posts])
def test_posts_use_the_roles_and_reaches_of_the_product(posts):
    rows = list(posts())

    assert {row.role for row in rows} <= set(Role.values)
    assert {row.reach for row in rows} == set(Span.values)

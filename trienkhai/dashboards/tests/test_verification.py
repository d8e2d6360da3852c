"""`check_site` finds what cannot be, and says nothing of what is sound."""

from datetime import date

import pytest
from django.db import connection

from trienkhai.audit import triggers
from trienkhai.dashboards.verification import check_site
from trienkhai.documents.models import StoredFile
from trienkhai.orgs import actions as orgs
from trienkhai.orgs.models import Role, Unit, UnitPlace
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Tally
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db
DAY = date(2017, 7, 10)


def played() -> Cast:
    cast = Cast()
    row = assignment_of(make_issue(cast), cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    actions.submit_report(row.pk, text="Đã xong", by=cast.holder_of(row), at=at(5))
    return cast


def test_a_sound_site_has_no_findings_also_after_a_move():
    cast = played()
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    orgs.change_unit(cast.tree.north1.pk, {"parent": cast.tree.south}, by=admin, at=at(1, 6))

    assert check_site(DAY) == []


def spoil_count(cast: Cast) -> None:
    Tally.objects.filter(unit=cast.tree.bloc).update(assigned=9)


def spoil_below_zero(cast: Cast) -> None:
    Tally.objects.filter(unit=cast.tree.bloc).update(paused=-1)


def spoil_path(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.tree.south2.pk).update(path="0000009900000098")


def spoil_present(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.tree.office.pk).update(present=None)


def spoil_day_of_report(cast: Cast) -> None:
    Assignment.objects.filter(state="submitted").update(submitted_on=None)


def spoil_state(cast: Cast) -> None:
    Assignment.objects.filter(state="submitted").update(state="in_progress")


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (spoil_count, 1),
        (spoil_below_zero, 2),
        (spoil_path, 2),
        (spoil_present, 1),
        (spoil_day_of_report, 1),
        (spoil_state, 1),
    ],
)
def test_what_was_spoiled_is_found(spoil, number):
    cast = played()

    spoil(cast)

    assert len(check_site(DAY)) >= number


def test_overlapping_places_and_missing_triggers_and_files_are_found():
    cast = played()
    UnitPlace.objects.create(
        unit=cast.tree.north, path=cast.tree.north.path, depth=2, valid_from=date(2015, 1, 1), valid_to=date(2015, 6, 1)
    )
    StoredFile.objects.create(
        sha256="0" * 64,
        name="biên bản.pdf",
        media_type="application/pdf",
        size=3,
        path="khong/co",
        owner=cast.tree.bloc,
        stored_at=NOON,
    )
    triggers.drop(connection)

    findings = " ".join(check_site(DAY))
    triggers.install(connection)

    assert "biên bản.pdf" in findings
    assert "audit_act_no_update" in findings
    assert str(cast.tree.north.pk) in findings

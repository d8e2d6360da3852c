"""Plans, sessions, who came: what is stored, what cannot be, and the percent rolled up."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from trienkhai.audit.models import Act
from trienkhai.common.templatetags.show import exact_share
from trienkhai.common.verdict import Refused
from trienkhai.dissemination import actions
from trienkhai.dissemination.actions import SessionDetails
from trienkhai.dissemination.models import Absence, Attendance, SessionFile, StudyPlan, StudySession
from trienkhai.dissemination.queries import study as queries
from trienkhai.dissemination.queries.study import Turnout
from trienkhai.dissemination.tests.make import Cast, delegate
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import StoredFile
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
DAY = date(2017, 2, 1)


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("children + grassroots")
    return found


def details(day: int = 10, **fields) -> SessionDetails:
    return SessionDetails(**({"starts_at": at(day), "place": "Hội trường"} | fields))


def test_one_plan_for_a_unit_and_a_document(cast: Cast):
    plan = cast.plan(cast.tree.north1)

    with pytest.raises(Refused):
        cast.plan(cast.tree.north1)

    assert StudyPlan.objects.get() == plan
    assert Act.objects.filter(verb="study.planned").count() == 1


def test_only_those_who_plan_for_a_unit_that_sees_the_document_make_its_plan(cast: Cast):
    tree = cast.tree
    people = [
        cast.clerk,
        cast.north_leader,
        make_holder(tree.north1, Role.MEMBER),
        make_holder(tree.north1, Role.CLERK),
    ]
    for person in people:
        with pytest.raises(Refused):
            cast.plan(tree.north1, by=person)
    with pytest.raises(Refused):
        actions.make_plan(cast.document, tree.office, by=make_holder(tree.office, Role.FOCAL), at=at(5))
    with pytest.raises(ValidationError) as fault:
        focal = cast.focal[tree.north1.pk]
        actions.make_plan(cast.document, tree.north1, finish_by=date(2017, 1, 1), by=focal, at=at(5))
    assert list(fault.value.message_dict) == ["finish_by"]
    assert not StudyPlan.objects.exists()


def test_a_session_is_set_once_told_to_members_changed_and_cancelled_for_a_reason(cast: Cast):
    member = make_holder(cast.tree.north1, Role.MEMBER)
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]

    session = actions.plan_session(plan.pk, details(), by=person, at=at(5))
    again = actions.plan_session(plan.pk, details(), by=person, at=at(5))

    assert again == session and session.convened_by == cast.tree.north1.name
    assert Notice.objects.filter(kind="session_planned", post__holdings__account=member).count() == 1
    actions.change_session(session.pk, details(12, form="online", place="Trực tuyến"), by=person, at=at(6))
    with pytest.raises(ValidationError):
        actions.cancel_session(session.pk, reason=" ", by=person, at=at(7))
    cancelled = actions.cancel_session(session.pk, reason="Hoãn", by=person, at=at(7))
    assert (cancelled.state, cancelled.reason) == ("cancelled", "Hoãn")
    for act in (
        lambda: actions.change_session(session.pk, details(13), by=person, at=at(8)),
        lambda: actions.cancel_session(session.pk, reason="Hoãn", by=person, at=at(8)),
        lambda: actions.tell_attendance(session.pk, {"members": (1, 1)}, {}, by=person, at=at(20)),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("fields", "field"), [({"place": " "}, "place"), ({"kind": "khác"}, "kind"), ({"form": "khác"}, "form")]
)
def test_a_session_that_cannot_be_is_refused_at_its_field(cast: Cast, fields: dict[str, str], field: str):
    plan = cast.plan(cast.tree.north1)

    with pytest.raises(ValidationError) as fault:
        actions.plan_session(plan.pk, details(**fields), by=cast.focal[cast.tree.north1.pk], at=at(5))

    assert list(fault.value.message_dict) == [field]


def test_attendance_is_kept_by_audience_and_absence_by_reason(cast: Cast):
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]
    session = actions.plan_session(plan.pk, details(), by=person, at=at(5))

    counts = {"key_cadres": (10, 9), "members": (100, 95), "others": (0, 0)}
    held = actions.tell_attendance(session.pk, counts, {"illness": 4, "duty": 2, "none": 0}, by=person, at=at(11))

    assert held.state == "held"
    assert dict(held.absences.values_list("reason", "count")) == {"illness": 4, "duty": 2}
    assert queries.turnout_of(Attendance.objects.all()) == Turnout(110, 104, 0)
    corrected = actions.tell_attendance(session.pk, {"members": (100, 96)}, {}, by=person, at=at(12))
    assert corrected.attendance.count() == 1 and not Absence.objects.exists()
    act = Act.objects.get(verb="session.corrected")
    assert act.data["old"] == {"key_cadres": "9/10", "members": "95/100"} and act.data["new"] == {"members": "96/100"}


@pytest.mark.parametrize(
    ("counts", "absences", "field"),
    [
        ({}, {}, "__all__"),
        ({"members": (0, 0)}, {}, "__all__"),
        ({"members": (10, 11)}, {}, "attended_members"),
        ({"members": (-1, -1)}, {}, "convened_members"),
        ({"members": (10**9, 1)}, {}, "convened_members"),
        ({"cán bộ": (1, 1)}, {}, "__all__"),
        ({"members": (10, 9)}, {"duty": 2}, "__all__"),
        ({"members": (10, 9)}, {"khác": 1}, "__all__"),
        ({"members": (10, 9)}, {"duty": -1}, "absent_duty"),
    ],
)
def test_figures_that_cannot_be_are_refused_and_the_session_stays_planned(cast: Cast, counts, absences, field: str):
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]
    session = actions.plan_session(plan.pk, details(), by=person, at=at(5))

    with pytest.raises(ValidationError) as fault:
        actions.tell_attendance(session.pk, counts, absences, by=person, at=at(11))

    told = list(fault.value.message_dict) if hasattr(fault.value, "error_dict") else ["__all__"]
    assert told == [field]
    assert StudySession.objects.get().state == "planned" and not Attendance.objects.exists()


def test_a_session_still_to_come_has_no_figures_yet(cast: Cast):
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]
    session = actions.plan_session(plan.pk, details(11), by=person, at=at(5))

    with pytest.raises(ValidationError):
        actions.tell_attendance(session.pk, {"members": (1, 1)}, {}, by=person, at=at(10, hour=23))
    actions.tell_attendance(session.pk, {"members": (1, 1)}, {}, by=person, at=at(11, hour=1))


def test_only_those_absent_before_make_up_and_they_are_convened_once(cast: Cast):
    north1 = cast.tree.north1
    cast.hold(north1, {"members": (100, 90), "others": (10, 10)})
    with pytest.raises(ValidationError) as fault:
        cast.hold(north1, {"members": (11, 5)}, kind="make_up", day=7)
    assert list(fault.value.message_dict) == ["convened_members"]
    cast.hold(north1, {"members": (10, 6)}, kind="make_up", day=8)
    with pytest.raises(ValidationError) as fault:
        cast.hold(north1, {"members": (10, 5)}, kind="make_up", day=9)
    assert list(fault.value.message_dict) == ["attended_members"]
    with pytest.raises(ValidationError):
        cast.hold(north1, {"others": (1, 1)}, kind="make_up", day=9)

    turnout = queries.turnout_of(queries.attendance_of(cast.document, north1))

    assert turnout == Turnout(convened=110, at_once=100, made_up=6)
    assert (turnout.attended, turnout.absent) == (106, 10)
    assert exact_share(turnout.attended, turnout.convened) == "96,36 %"


def test_a_main_session_put_right_may_not_leave_more_made_up_than_absent(cast: Cast):
    north1 = cast.tree.north1
    main = cast.hold(north1, {"members": (100, 90)})
    cast.hold(north1, {"members": (10, 6)}, kind="make_up", day=8)

    with pytest.raises(ValidationError):
        actions.tell_attendance(main.pk, {"members": (100, 95)}, {}, by=cast.focal[north1.pk], at=at(21))

    assert queries.turnout_of(Attendance.objects.all()) == Turnout(100, 90, 6)


def test_shares_have_two_decimals_cut_off():
    assert exact_share(2909, 3044) == "95,56 %"
    assert exact_share(35599, 35900) == "99,16 %"
    assert exact_share(99999, 100000) == "99,99 %"
    assert (exact_share(5, 5), exact_share(0, 5), exact_share(0, 0)) == ("100,00 %", "0,00 %", "–")


def test_study_is_rolled_up_by_branch_with_those_that_have_not(cast: Cast):
    tree = cast.tree
    cast.hold(tree.north1, {"members": (50, 40)})
    cast.hold(tree.south1, {"members": (10, 10)})
    cast.plan(tree.south2)

    table = queries.study_by_branch(cast.document, tree.bloc, DAY)

    told = {line.unit.name: line.study for line in table.lines}
    assert (told["Đảng bộ Bắc"].units, told["Đảng bộ Bắc"].planned, told["Đảng bộ Bắc"].studied) == (3, 1, 1)
    assert (told["Đảng bộ Nam"].planned, told["Đảng bộ Nam"].studied) == (2, 1)
    assert (table.total.units, table.total.studied, table.total.not_studied) == (7, 2, 5)
    assert table.total.turnout == Turnout(60, 50, 0)
    below = queries.study_by_branch(cast.document, tree.north, DAY)
    assert below.total == told["Đảng bộ Bắc"]
    alone = queries.study_by_branch(cast.document, tree.north, DAY, alone=True)
    assert (alone.total.units, alone.lines) == (1, [])
    waiting = {unit.name for unit in queries.not_studied(cast.document, tree.south, DAY)}
    assert waiting == {"Đảng bộ Nam", "Đảng bộ Nam Hai"}


def test_a_closed_unit_is_no_longer_expected_but_who_came_stays(cast: Cast):
    cast.hold(cast.tree.north1, {"members": (50, 40)})
    Unit.objects.filter(pk=cast.tree.north1.pk).update(closed_on=date(2017, 1, 25))

    total = queries.study_by_branch(cast.document, cast.tree.bloc, DAY).total

    assert (total.units, total.studied, total.turnout.convened) == (6, 0, 50)


NUMBERS = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda pair: (max(pair), min(pair)))


@settings(max_examples=25, deadline=None)
@given(
    mains=st.lists(st.tuples(st.integers(0, 4), NUMBERS, NUMBERS), max_size=8),
    ups=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), max_size=6),
)
def test_the_roll_up_counts_everybody_once_whatever_was_told(mains, ups):
    with transaction.atomic():
        cast = Cast()
        cast.send("children + grassroots")
        units, true = cast.tree.grassroots, {}
        for number, (index, cadres, members) in enumerate(mains):
            if cadres[0] + members[0] == 0:
                continue
            cast.hold(units[index], {"key_cadres": cadres, "members": members}, day=6 + number)
            row = true.setdefault(index, [0, 0, 0])
            row[0] += cadres[0] + members[0]
            row[1] += cadres[1] + members[1]
        for index, came in ups:
            try:
                with transaction.atomic():
                    cast.hold(units[index], {"members": (came, came)}, kind="make_up", day=16)
            except ValidationError:
                continue
            true.setdefault(index, [0, 0, 0])[2] += came

        table = queries.study_by_branch(cast.document, cast.tree.bloc, DAY)

        whole = table.total.turnout
        assert [whole.convened, whole.at_once, whole.made_up] == [
            sum(row[i] for row in true.values()) for i in range(3)
        ]
        assert whole.attended <= whole.convened
        assert sum((line.study.turnout for line in table.lines), table.own.turnout) == whole
        by_audience = queries.turnout_by_audience(queries.attendance_of(cast.document, cast.tree.bloc))
        assert sum(by_audience.values(), Turnout()) == whole
        assert all(row.attended <= row.convened for row in by_audience.values())
        transaction.set_rollback(True)


def test_files_of_a_session_are_declared_free_of_secrets_and_leave_with_the_document(cast: Cast, tmp_path):
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]
    session = actions.plan_session(plan.pk, details(), by=person, at=at(5))
    common = {"use": "material", "by": person, "at": at(6)}
    upload = SimpleUploadedFile("de-cuong.txt", "Đề cương học tập".encode())
    with pytest.raises(ValidationError):
        actions.add_session_file(session.pk, upload, not_secret=False, **common)
    secret = SimpleUploadedFile("mat.txt", "ĐẢNG ỦY\nTUYỆT MẬT\nSố 1-BC/ĐU\n\nBáo cáo".encode())
    with pytest.raises(ValidationError):
        actions.add_session_file(session.pk, secret, not_secret=True, **common)
    with pytest.raises(Refused):
        actions.add_session_file(session.pk, upload, not_secret=True, use="material", by=cast.clerk, at=at(6))

    actions.add_session_file(session.pk, upload, not_secret=True, **common)

    with pytest.raises(ValidationError):
        actions.add_session_file(session.pk, BytesIO("Đề cương học tập".encode()), not_secret=True, **common)
    assert (SessionFile.objects.count(), StoredFile.objects.count()) == (1, 1)
    quarantine_document(cast.document.pk, by=cast.clerk, at=at(7))
    assert not StudyPlan.objects.exists() and not StoredFile.objects.exists()


def test_a_deputy_for_study_tells_figures_and_one_for_other_acts_does_not(cast: Cast):
    plan, person = cast.plan(cast.tree.north1), cast.focal[cast.tree.north1.pk]
    session = actions.plan_session(plan.pk, details(), by=person, at=at(5))
    told = {"members": (3, 2)}

    with pytest.raises(Refused):
        actions.tell_attendance(session.pk, told, {}, by=delegate(person, "submit"), at=at(11))
    actions.tell_attendance(session.pk, told, {}, by=delegate(person, "study"), at=at(11))

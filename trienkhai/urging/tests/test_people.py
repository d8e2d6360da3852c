"""People urge, write letters, set ladders: rules, actions, pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import Draft
from trienkhai.norms.loading import load_norms
from trienkhai.norms.models import Norm
from trienkhai.norms.soundness import UnsoundNorm
from trienkhai.notices.models import Notice
from trienkhai.orgs.actions import change_unit
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment, Share, ShareKind
from trienkhai.tasks.queries import history_of
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue
from trienkhai.urging import rules
from trienkhai.urging.actions import begin_letter, call, call_matching, place_ladder, urge
from trienkhai.urging.models import Call
from trienkhai.urging.queries import ladder_at

pytestmark = pytest.mark.django_db
LATE = at(10, 7)
DAY = date(2017, 7, 10)


@pytest.fixture(autouse=True)
def english():
    """Sentences are looked at in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def today(monkeypatch, settings):
    """Pages are looked at on 10 July 2017."""
    from trienkhai.common.models import Installation

    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})


def test_unit_above_urges_once_a_day_and_the_holder_is_told_in_its_words(cast):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    head = make_holder(cast.tree.north1, Role.LEADER)

    made = call(row.pk, text=" Đề nghị báo cáo  trong tuần. ", by=cast.north_leader, at=LATE)
    with pytest.raises(Refused, match="today"):
        call(row.pk, text="Lần nữa", by=cast.north_leader, at=LATE)

    assert (made.unit, made.text, made.on) == (cast.tree.north, "Đề nghị báo cáo trong tuần.", DAY)
    act = Act.objects.get(verb="assignment.urged")
    said = ActDetail.objects.get(act_id=act.pk, key="reason").value
    assert (act.target_id, said, made.act) == (row.pk, made.text, act.pk)
    notices = Notice.objects.filter(kind="urged")
    assert {notice.post.holdings.get().account for notice in notices} == {head, cast.holder_of(row)}
    assert notices[0].params == {"count": 1, "task": "Việc 1", "unit": cast.tree.north.short_name, "text": made.text}
    found = Assignment.objects.select_related("task__issue").get(pk=row.pk)
    assert (act, made.text) in history_of(found)


def test_next_day_and_another_unit_may_urge_again(cast):
    row = assignment_of(make_issue(cast), cast.tree.north1)

    call(row.pk, text="Bắc", by=cast.north_leader, at=LATE)
    call(row.pk, text="Khối", by=cast.officer, at=LATE)
    call(row.pk, text="Bắc, hôm sau", by=cast.north_leader, at=at(11, 7))

    assert list(Call.objects.order_by("pk").values_list("unit", flat=True)) == [
        cast.tree.north.pk,
        cast.tree.bloc.pk,
        cast.tree.north.pk,
    ]


@pytest.mark.parametrize("who", ["holder", "foreign", "clerk"])
def test_holders_strangers_and_clerks_do_not_urge(cast, who):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    person = {
        "holder": cast.holder_of(row),
        "foreign": cast.south_leader,
        "clerk": make_holder(cast.tree.bloc, Role.CLERK),
    }[who]

    with pytest.raises(Refused):
        call(row.pk, text="Khẩn trương", by=person, at=LATE)

    assert not Call.objects.exists()


def test_unit_that_watches_may_urge(cast):
    row = assignment_of(make_issue(cast), cast.tree.south1)
    Share.objects.create(task=row.task, unit=cast.tree.direct, kind=ShareKind.WATCH)
    watcher = make_holder(cast.tree.direct, Role.OFFICER)

    assert rules.can_call(watcher, row, DAY)


def test_words_and_titles_leave_with_a_document_that_is_locked_away(cast):
    kept = assignment_of(make_issue(cast, [{"title": "Việc thường"}], selection="unit:K.N.1"), cast.tree.south1)
    row = assignment_of(make_issue(cast, [{"title": "Việc kín"}], selection="unit:K.B.1"), cast.tree.north1)
    call(row.pk, text="Lời kín", by=cast.north_leader, at=at(27, 6))
    call(kept.pk, text="Lời thường", by=cast.south_leader, at=at(27, 6))
    urge(on=date(2017, 6, 27), at=at(27, 6))
    tasks.withdraw(row.pk, reason="Giao nhầm", by=cast.leader, at=at(28, 6))

    quarantine_document(row.task.document_id, by=cast.leader, at=at(29, 6))

    left = str(
        [*Notice.objects.values(), *Call.objects.values(), *ActDetail.objects.values(), *Act.objects.values("data")]
    )
    assert "kín" not in left
    assert "Lời thường" in left and left.count("Việc thường") >= 2


def test_rule_for_one_says_what_the_list_of_many_says(cast):
    rows = [assignment_of(make_issue(cast, [{"title": unit.code}]), unit) for unit in cast.tree.grassroots]
    Share.objects.create(task=rows[3].task, unit=cast.tree.direct, kind=ShareKind.WATCH)
    everywhere = make_holder(cast.tree.direct, Role.OFFICER)
    people = [cast.officer, cast.north_leader, cast.south_leader, everywhere, *cast.focal.values()]

    for person in people:
        units = rules.calling_units(person, DAY)
        listed = {row.pk for unit in units for row in rules.visible_callable(person, unit, DAY)}
        assert {row.pk for row in rows if rules.can_call(person, row, DAY)} == listed & {row.pk for row in rows}


def test_what_awaits_a_decision_or_is_done_is_not_urged(cast):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    lan = cast.holder_of(row)
    tasks.acknowledge(row.pk, by=lan, at=at(4))
    tasks.submit_report(row.pk, text="Xong", by=lan, at=at(5))

    with pytest.raises(Refused, match="Nothing waits"):
        call(row.pk, text="Khẩn trương", by=cast.north_leader, at=LATE)


@pytest.mark.parametrize("text", ["", "   ", "a" * 501])
def test_call_needs_a_short_text(cast, text):
    row = assignment_of(make_issue(cast), cast.tree.north1)

    with pytest.raises(ValidationError):
        call(row.pk, text=text, by=cast.north_leader, at=LATE)


def test_all_that_match_are_urged_in_one_act_with_one_notice_a_unit(cast, django_assert_max_num_queries):
    make_issue(cast, [{"title": f"Việc {n}"} for n in range(4)])
    before = Act.objects.count()

    with django_assert_max_num_queries(24):
        count = call_matching(
            Assignment.objects.all(), cast.tree.bloc, text="Báo cáo ngay", selection="o=open", by=cast.officer, at=LATE
        )

    act = Act.objects.latest("pk")
    assert (count, Act.objects.count(), act.count, act.selection) == (20, before + 1, 20, "o=open")
    assert Call.objects.count() == 20
    assert Notice.objects.filter(kind="urged_many", act=act.pk).count() == 5
    with pytest.raises(Refused, match="today"):
        call_matching(Assignment.objects.all(), cast.tree.bloc, text="Nữa", selection="", by=cast.officer, at=LATE)


def test_leader_of_a_branch_urges_nothing_outside_of_it(cast):
    make_issue(cast)

    count = call_matching(
        Assignment.objects.all(), cast.tree.north, text="Báo cáo", selection="", by=cast.north_leader, at=LATE
    )

    assert count == 2
    assert set(Call.objects.values_list("assignment__held_by", flat=True)) == {cast.tree.north1.pk, cast.tree.north2.pk}


def test_letter_lists_what_is_late_of_the_units_chosen(cast):
    make_issue(cast, [{"title": "Báo cáo | sơ kết"}, {"title": "Chưa đến hạn", "due_on": date(2017, 12, 1)}])
    before = Act.objects.count()

    draft = begin_letter(cast.tree.bloc, [cast.tree.north, cast.tree.direct], by=cast.officer, at=LATE)

    assert (draft.kind, draft.unit, draft.state) == ("letter", cast.tree.bloc, "open")
    assert draft.addressees.splitlines() == ["Đảng bộ Bắc", "Đảng bộ Trực"]
    assert draft.body.count("| Báo cáo / sơ kết |") == 3 and "Chưa đến hạn" not in draft.body
    assert "| 30/06/2017 | 10 |" in draft.body
    assert "01-NQ/ĐUTHU" in draft.body
    assert "còn 3 nhiệm vụ" in draft.body and "trước ngày 17/07/2017" in draft.body
    assert Act.objects.count() == before + 1


def test_letter_without_anything_late_or_by_a_stranger_is_refused(cast):
    make_issue(cast)

    with pytest.raises(Refused, match="Nothing is late"):
        begin_letter(cast.tree.bloc, [cast.tree.north], by=cast.officer, at=at(1, 6))
    with pytest.raises(Refused):
        begin_letter(cast.tree.bloc, [cast.tree.north], by=cast.north_leader, at=LATE)
    assert not Draft.objects.exists()


def test_letter_of_a_branch_never_lists_other_branches(cast):
    make_issue(cast)

    with pytest.raises(Refused, match="Nothing is late"):
        begin_letter(cast.tree.north, [cast.tree.south], by=cast.north_leader, at=LATE)


def test_leader_sets_the_ladder_of_the_branch_and_gives_it_back(cast):
    own = {"once": [{"days": -1, "to": "holder"}]}
    path = cast.tree.north.path

    place_ladder(cast.tree.north, own, by=cast.north_leader, at=LATE)
    assert ladder_at(path, DAY).place == path and ladder_at(path, date(2017, 7, 9)).place == ""
    assert ladder_at(cast.tree.south.path, DAY).place == ""
    place_ladder(cast.tree.north, None, by=cast.north_leader, at=at(12, 7))

    assert ladder_at(path, date(2017, 7, 11)).place == path
    assert ladder_at(path, date(2017, 7, 12)).place == ""
    assert Act.objects.filter(verb="norm.ladder_set").count() == 2


def test_faulty_ladder_of_an_office_is_not_stored(cast):
    with pytest.raises(ValidationError, match="only the holder"):
        place_ladder(cast.tree.north, {"once": [{"days": -1, "to": "head"}]}, by=cast.north_leader, at=LATE)
    with pytest.raises(Refused):
        place_ladder(cast.tree.north, {"once": []}, by=cast.officer, at=LATE)
    assert not Norm.objects.exclude(place="").exists()


def test_ladder_goes_along_when_its_unit_moves(cast):
    place_ladder(cast.tree.north1, {"once": []}, by=make_holder(cast.tree.north1, Role.LEADER), at=LATE)
    admin = make_holder(cast.tree.bloc, Role.ADMIN)

    change_unit(cast.tree.north1.pk, {"parent": cast.tree.south}, by=admin, at=at(11, 7))

    cast.tree.north1.refresh_from_db()
    assert cast.tree.north1.path.startswith(cast.tree.south.path)
    assert ladder_at(cast.tree.north1.path, DAY).place == cast.tree.north1.path


def test_faulty_ladder_in_a_file_stops_the_loading_with_a_sentence(tmp_path):
    text = "- {key: urging.ladder, valid_from: 2020-01-01, source: x, grade: B, value: {once: [{days: -2, to: head}]}}"
    (tmp_path / "ladder.yaml").write_text(text)

    with pytest.raises(UnsoundNorm, match=r"ladder.yaml: urging.ladder \(2020-01-01\): Before the due day"):
        load_norms(tmp_path)

    assert not Norm.objects.filter(valid_from=date(2020, 1, 1), key="urging.ladder").exists()


def test_page_of_urging_shows_who_is_late_and_leads_to_a_letter(cast, client, today):
    make_issue(cast)
    client.force_login(cast.officer)

    shown = client.get("/don-doc")
    nobody = client.post("/don-doc/cong-van", {"tu": cast.tree.bloc.pk})
    written = client.post("/don-doc/cong-van", {"tu": cast.tree.bloc.pk, "gui": [cast.tree.north.pk]})

    lines = {line.unit.code: line.late for line in shown.context["lines"]}
    assert lines == {"K.B": 2, "K.N": 2, "K.T": 1}
    listed = client.get(f"/nhiem-vu?don-vi={cast.tree.north.pk}&o=to_urge")
    assert len(listed.context["rows"]) == lines["K.B"]
    assert nobody["Location"] == "/don-doc"
    assert written["Location"] == f"/van-ban/du-thao/{Draft.objects.get().pk}" or "du-thao" in written["Location"]


def test_page_of_urging_is_for_those_who_urge(cast, client):
    client.force_login(cast.focal[cast.tree.north1.pk])
    assert client.get("/don-doc").status_code == 404
    client.force_login(cast.north_leader)
    assert client.get("/don-doc").status_code == 200
    assert client.get(f"/don-doc?don-vi={cast.tree.bloc.pk}").status_code == 404


def test_page_of_a_task_urges_and_then_shows_it(cast, client, today):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    client.force_login(cast.north_leader)

    before = client.get(f"/nhiem-vu/{row.pk}").content.decode()
    empty = client.post(f"/nhiem-vu/{row.pk}/don-doc", {"text": ""})
    done = client.post(f"/nhiem-vu/{row.pk}/don-doc", {"text": "Báo cáo trong ngày"})
    after = client.get(f"/nhiem-vu/{row.pk}").content.decode()

    assert f"/nhiem-vu/{row.pk}/don-doc" in before
    assert (empty.status_code, done.status_code) == (422, 302)
    assert f"/nhiem-vu/{row.pk}/don-doc" not in after and after.count("Báo cáo trong ngày") == 2
    assert client.post(f"/nhiem-vu/{row.pk}/don-doc", {"text": "Nữa"}).status_code == 409


def test_list_of_tasks_urges_all_it_shows(cast, client, today):
    make_issue(cast, [{"title": "Gấp"}, {"title": "Chưa", "due_on": date(2017, 12, 1)}])
    client.force_login(cast.officer)
    listed = client.get("/nhiem-vu?o=open_overdue").content.decode()

    shown = client.get("/don-doc/tat-ca?o=open_overdue")
    done = client.post("/don-doc/tat-ca", {"o": "open_overdue", "tu": cast.tree.bloc.pk, "text": "Báo cáo"})

    assert "/don-doc/tat-ca?o=open_overdue" in listed
    assert shown.context["count"] == 5
    assert done["Location"] == "/nhiem-vu?o=open_overdue"
    assert set(Call.objects.values_list("assignment__task__title", flat=True)) == {"Gấp"}
    assert Act.objects.latest("pk").selection == "o=open_overdue"


def test_notice_of_many_leads_the_holder_to_what_was_urged(cast, client, today):
    make_issue(cast, [{"title": "Một"}, {"title": "Hai"}])
    call_matching(Assignment.objects.all(), cast.tree.bloc, text="Báo cáo", selection="", by=cast.officer, at=LATE)
    lan = cast.focal[cast.tree.north1.pk]
    client.force_login(lan)

    notice = Notice.objects.get(kind="urged_many", post__unit=cast.tree.north1)
    shown = client.get(notice.url)

    assert len(shown.context["rows"]) == 2 and "Báo cáo" in shown.content.decode()
    client.force_login(make_holder(cast.tree.office, Role.FOCAL))
    assert client.get(notice.url).status_code == 404


def test_ladder_page_stores_what_is_typed_and_names_what_is_wrong(cast, client, today):
    client.force_login(cast.north_leader)
    url = f"/don-doc/bac-thang/{cast.tree.north.pk}"
    step = {"once-0-days": "-1", "once-0-to": "holder"}

    half = client.post(url, {"save": 1, "once-0-days": "3"})
    wrong = client.post(url, {"save": 1, "once-0-days": "-3", "once-0-to": "head"})
    done = client.post(url, {"save": 1, **step})
    shown = client.get("/don-doc").context["ladder"]
    back = client.post(url, {"above": 1})

    assert (half.status_code, wrong.status_code, done.status_code, back.status_code) == (422, 422, 302, 302)
    assert [len(steps) for _kind, steps in shown] == [1]
    client.force_login(cast.officer)
    assert client.get(url).status_code == 404


def test_urging_pages_ask_the_same_number_of_times_for_one_row_and_for_many(cast, client, today):
    def queries(tasks_given: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        make_issue(cast, [{"title": f"Việc {n}"} for n in range(tasks_given)])
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/don-doc").status_code == 200
        return len(captured)

    client.force_login(cast.officer)
    queries(1)

    assert queries(1) == queries(3)


@pytest.mark.parametrize("limit", [{"mat": "inspection"}, {"ky": "2017-06"}])
def test_urging_what_a_list_shows_keeps_its_area_of_work_and_its_period(cast, client, today, limit):
    make_issue(
        cast,
        [
            {"title": "Gấp", "work_area": "inspection"},
            {"title": "Khác", "work_area": "ideology", "due_on": date(2017, 5, 31)},
        ],
    )
    client.force_login(cast.officer)

    shown = client.get("/nhiem-vu", limit | {"o": "to_urge"}).context["rows"]
    asked = client.get("/don-doc/tat-ca", limit | {"o": "to_urge"})
    hidden = dict(asked.context["hidden"])
    client.post("/don-doc/tat-ca", hidden | {"tu": cast.tree.bloc.pk, "text": "Báo cáo ngay"})

    assert asked.context["count"] == len(shown) == 5
    assert set(Call.objects.values_list("assignment__task__title", flat=True)) == {"Gấp"}

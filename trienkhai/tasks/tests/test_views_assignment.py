"""The page of an assignment and of each verb: who may, one effect a form, words that are kept, closed files."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.common.models import Installation
from trienkhai.documents.models import StoredFile
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Evidence, ProgressReport, Request, Share, State
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_document, make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 6, 1)})
    return Cast()


@pytest.fixture
def row(cast: Cast) -> Assignment:
    return assignment_of(make_issue(cast), cast.tree.north1)


@pytest.fixture
def focal(cast: Cast) -> Account:
    return cast.focal[cast.tree.north1.pk]


def page_of(row: Assignment, verb: str = "") -> str:
    return f"/nhiem-vu/{row.pk}" + (f"/{verb}" if verb else "")


def acknowledged(row: Assignment, focal: Account) -> None:
    actions.acknowledge(row.pk, by=focal, at=at(4))


def submitted(row: Assignment, focal: Account) -> None:
    acknowledged(row, focal)
    actions.submit_report(row.pk, text="Đã ban hành quy chế", by=focal, at=at(5))


def state_of(row: Assignment) -> str:
    return Assignment.objects.get(pk=row.pk).state


def names(verbs: list[dict[str, Any]]) -> list[str]:
    return [verb["name"] for verb in verbs]


def test_page_shows_source_chain_promise_reports_and_history(client, cast, row, focal):
    submitted(row, focal)
    client.force_login(cast.leader)

    response = client.get(page_of(row))

    text = response.content.decode()
    assert response.status_code == 200
    assert [unit.pk for unit in response.context["chain"]] == [
        cast.tree.bloc.pk, cast.tree.north.pk, cast.tree.north1.pk
    ]  # fmt: skip
    assert response.context["decider"] == cast.tree.north
    assert "Đã ban hành quy chế" in text and "30/06/2017" in text
    assert len(response.context["acts"]) == 3


def test_link_to_the_source_ends_with_its_last_word(client, cast, row):
    client.force_login(cast.leader)

    text = client.get(page_of(row)).content.decode()

    assert f"{row.task.document}</a>" in text


def test_each_role_meets_one_primary_act_and_only_what_it_may_do(client, cast, row, focal):
    found = {}
    for step in ("assigned", "acknowledged", "submitted"):
        for who, account in (("focal", focal), ("north", cast.north_leader), ("bloc", cast.leader)):
            client.force_login(account)
            context = client.get(page_of(row)).context
            found[step, who] = (context["primary"] or {}).get("name"), names(context["others"])
        if step == "assigned":
            acknowledged(row, focal)
        elif step == "acknowledged":
            actions.submit_report(row.pk, text="Xong", by=focal, at=at(5))

    assert found["assigned", "focal"] == ("acknowledge", ["ask", "name_person"])
    assert found["acknowledged", "focal"] == ("update", ["submit", "ask", "name_person", "wait"])
    assert found["submitted", "focal"] == (None, ["ask", "name_person"])
    assert found["submitted", "north"] == ("approve", ["return"])
    assert found["assigned", "north"] == (None, ["urge"])
    assert found["submitted", "bloc"] == (None, ["extend", "pause", "withdraw"])


def test_strangers_find_nothing_and_the_wrong_role_is_told_why(client, cast, row, focal):
    stranger = cast.focal[cast.tree.south1.pk]
    for path in ("", "tiep-nhan", "bao-cao", "duyet"):
        client.force_login(stranger)
        assert client.get(page_of(row, path)).status_code == 404
    assert client.post(page_of(row, "tiep-nhan")).status_code == 404

    client.force_login(cast.north_leader)
    refused = client.get(page_of(row, "tiep-nhan")), client.post(page_of(row, "tiep-nhan"))

    assert [response.status_code for response in refused] == [409, 409]
    assert state_of(row) == State.ASSIGNED


@pytest.mark.parametrize("verb", ["cap-nhat", "bao-cao"])
def test_a_report_with_files_sent_twice_has_one_effect(client, row, focal, verb):
    acknowledged(row, focal)
    client.force_login(focal)
    form = client.get(page_of(row, verb)).context["form"]

    def send() -> Any:
        files = [SimpleUploadedFile(f"tep{number}.txt", b"minh chung") for number in (1, 2)]
        given = {"token": form["token"].value(), "text": "Đã làm", "percent": 60, "evidence": files}
        return client.post(page_of(row, verb), given)

    first, second = send(), send()

    assert (first.status_code, second.status_code) == (302, 302)
    report = ProgressReport.objects.get()
    assert (report.text, report.evidence.count(), StoredFile.objects.count()) == ("Đã làm", 2, 2)
    assert state_of(row) == (State.IN_PROGRESS if verb == "cap-nhat" else State.SUBMITTED)


@pytest.mark.parametrize(
    "given", [{"percent": 101}, {"percent": -1}, {"percent": ""}, {"text": "  ", "bottleneck": "Chờ vốn"}]
)
def test_a_wrong_report_stores_nothing_and_keeps_the_words(client, row, focal, given):
    acknowledged(row, focal)
    client.force_login(focal)
    words = {"percent": 40, "text": "Đang lấy ý kiến", "bottleneck": "Chờ vốn"} | given

    response = client.post(page_of(row, "cap-nhat"), words)

    text = response.content.decode()
    assert response.status_code == 422
    assert "Chờ vốn" in text and (not words["text"].strip() or "Đang lấy ý kiến" in text)
    assert not ProgressReport.objects.exists()


def test_a_file_that_is_not_kept_stores_nothing_and_keeps_the_words(client, row, focal):
    acknowledged(row, focal)
    client.force_login(focal)
    files = [SimpleUploadedFile("tot.txt", b"tot"), SimpleUploadedFile("chay.exe", b"MZ")]

    response = client.post(page_of(row, "bao-cao"), {"text": "Đã hoàn thành", "evidence": files})

    assert response.status_code == 422
    assert "Đã hoàn thành" in response.content.decode() and "chay.exe" in response.content.decode()
    assert not StoredFile.objects.exists() and not ProgressReport.objects.exists()
    assert state_of(row) == State.ACKNOWLEDGED


def test_evidence_opens_for_those_who_see_the_assignment(client, cast, row, focal):
    acknowledged(row, focal)
    client.force_login(focal)
    client.post(page_of(row, "bao-cao"), {"text": "Xong", "evidence": SimpleUploadedFile("bien ban.txt", b"noi dung")})
    address = f"/minh-chung/{Evidence.objects.get().pk}"

    client.force_login(cast.north_leader)
    opened = client.get(address)
    client.force_login(cast.south_leader)
    closed = client.get(address)

    assert b"".join(opened.streaming_content) == b"noi dung"
    assert "attachment" in opened["Content-Disposition"]
    assert closed.status_code == 404


def test_approving_shows_the_report_and_happens_once(client, cast, row, focal):
    submitted(row, focal)
    client.force_login(cast.north_leader)

    shown = client.get(page_of(row, "duyet"))
    first = client.post(page_of(row, "duyet"), {"remark": "Tốt"})
    second = client.post(page_of(row, "duyet"), {"remark": "Tốt"})

    assert "Đã ban hành quy chế" in shown.content.decode()
    assert (first.status_code, second.status_code) == (302, 409)
    assert ProgressReport.objects.get().decision == "Tốt"
    assert state_of(row) == State.DONE


def test_returning_takes_picked_reasons_and_own_words(client, cast, row, focal):
    submitted(row, focal)
    client.force_login(cast.north_leader)

    empty = client.post(page_of(row, "tra-lai"), {"reason": ""})
    client.post(page_of(row, "tra-lai"), {"picked": ["evidence"], "reason": "Bổ sung biên bản"})

    report = ProgressReport.objects.get()
    assert empty.status_code == 422
    assert report.decision.endswith("Bổ sung biên bản") and len(report.decision.splitlines()) == 2
    assert state_of(row) == State.RETURNED


def test_the_assigner_extends_pauses_resumes_and_withdraws(client, cast, row):
    client.force_login(cast.leader)

    early = client.post(page_of(row, "gia-han"), {"due_on": "2017-06-29", "reason": "Chờ hướng dẫn"})
    client.post(page_of(row, "gia-han"), {"due_on": "2017-07-31", "reason": "Chờ hướng dẫn"})
    days = client.get(page_of(row)).context["days"]
    client.post(page_of(row, "tam-dung"), {"reason": "Chờ kinh phí"})
    paused = state_of(row)
    client.post(page_of(row, "tiep-tuc"), {})
    resumed = state_of(row)
    client.post(page_of(row, "thu-hoi"), {"reason": "Giao trùng"})

    assert early.status_code == 422 and "Chờ hướng dẫn" in early.content.decode()
    assert [day["due_on"] for day in days] == [date(2017, 6, 30), date(2017, 7, 31)]
    assert (paused, resumed, state_of(row)) == (State.PAUSED, State.ASSIGNED, State.WITHDRAWN)
    assert client.get(page_of(row)).status_code == 200


def test_an_approval_can_be_taken_back_with_a_reason(client, cast, row, focal):
    submitted(row, focal)
    actions.approve(row.pk, by=cast.north_leader, at=at(6))
    client.force_login(cast.north_leader)

    client.post(page_of(row, "mo-lai"), {"reason": "Số liệu sai"})

    assert state_of(row) == State.RETURNED


def test_a_unit_asks_for_a_later_day_and_the_assigner_grants_it(client, cast, row, focal):
    client.force_login(focal)
    wrong = client.post(page_of(row, "de-nghi"), {"kind": "extend", "reason": "Chờ vốn", "due_on": "2017-06-10"})
    client.post(page_of(row, "de-nghi"), {"kind": "extend", "reason": "Chờ vốn", "due_on": "2017-08-01"})
    asked = Request.objects.get()
    own = client.get(f"/de-nghi/{asked.pk}")
    client.force_login(cast.leader)
    silent = client.post(f"/de-nghi/{asked.pk}", {"decision": "refuse", "answer": ""})
    client.post(f"/de-nghi/{asked.pk}", {"decision": "grant", "due_on": "2017-07-20", "answer": "Đồng ý"})

    row.refresh_from_db()
    assert wrong.status_code == 422 and "Chờ vốn" in wrong.content.decode()
    assert own.status_code == 409
    assert silent.status_code == 422
    assert row.due_on == date(2017, 7, 20)


def test_a_transfer_names_the_other_unit_by_its_code(client, cast, row, focal):
    client.force_login(focal)
    unknown = client.post(page_of(row, "de-nghi"), {"kind": "transfer", "reason": "Không đúng chức năng", "unit": "XX"})
    client.post(page_of(row, "de-nghi"), {"kind": "transfer", "reason": "Không đúng chức năng", "unit": "K.B.2"})
    client.force_login(cast.leader)
    shown = client.get(f"/de-nghi/{Request.objects.get().pk}")
    client.post(f"/de-nghi/{Request.objects.get().pk}", {"decision": "grant"})

    row.refresh_from_db()
    assert unknown.status_code == 422
    assert "due_on" not in shown.context["form"].fields
    assert row.held_by == cast.tree.north2


def test_a_person_of_the_unit_is_named(client, cast, row, focal):
    client.force_login(focal)

    foreign = client.post(page_of(row, "phan-cong"), {"person": cast.leader.pk})
    client.post(page_of(row, "phan-cong"), {"person": focal.pk})

    row.refresh_from_db()
    assert foreign.status_code == 422
    assert row.person == focal


def test_a_co_ordinating_unit_answers_its_part_once(client, cast, row):
    helper = make_holder(cast.tree.office, Role.FOCAL)
    share = Share.objects.create(
        task=row.task, unit=cast.tree.office, kind="part", assignment=row, text="Góp ý dự thảo"
    )
    client.force_login(helper)

    waiting = client.get("/viec-cua-toi")
    empty = client.post(f"/phoi-hop/{share.pk}", {"answer": " "})
    client.post(f"/phoi-hop/{share.pk}", {"answer": "Đã góp ý"})
    again = client.post(f"/phoi-hop/{share.pk}", {"answer": "Đã góp ý"})
    client.force_login(cast.south_leader)

    assert "Góp ý dự thảo" in waiting.content.decode()
    assert empty.status_code == 422
    assert again.status_code == 409
    assert client.get(f"/phoi-hop/{share.pk}").status_code == 404
    assert Share.objects.get().answer == "Đã góp ý"


def test_a_task_from_outside_is_closed_by_its_confirming_document(client, cast, row, focal):
    Unit.objects.filter(pk=cast.tree.bloc.pk).update(external=True)
    submitted(row, focal)
    document = make_document(cast.tree.north1, symbol="02-CV/THU")
    leader = make_holder(cast.tree.north1, Role.LEADER)
    client.force_login(leader)

    response = client.post(page_of(row, "xac-nhan"), {"document": document.pk})

    assert response.status_code == 302
    assert state_of(row) == State.DONE
    assert ProgressReport.objects.get().confirmed_in == document


def test_reading_a_verb_page_writes_nothing(client, cast, row, focal):
    client.force_login(focal)

    assert client.get(page_of(row, "tiep-nhan")).status_code == 200
    assert state_of(row) == State.ASSIGNED


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.LEADER, 200),
        (Role.INSPECTOR, 200),
        (Role.CLERK, 404),
        (Role.FOCAL, 404),
        (Role.SECRETARY, 404),
        (Role.MEMBER, 404),
        (Role.MASS, 404),
        (Role.ADMIN, 404),
    ],
)
def test_what_a_unit_gave_to_a_unit_elsewhere_opens_for_those_who_guide_its_branch(client, role, status):
    cast = Cast()
    make_unit(kind="external", relation="external", code="NG", name="Cơ quan Ngoài")
    issue = make_issue(cast, selection="unit:NG + unit:K.B.1")
    client.force_login(make_holder(cast.tree.bloc, role))

    for row in Assignment.objects.filter(task__issue=issue):
        assert client.get(f"/nhiem-vu/{row.pk}").status_code == status
    listed = client.get("/nhiem-vu").content.decode()
    assert ("Việc 1" in listed) is (status == 200)

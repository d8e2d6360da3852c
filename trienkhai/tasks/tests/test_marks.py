"""What bears a mark of secrecy standing alone is not written into a remark, a reason, a wait or an opinion."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.tasks import actions
from trienkhai.tasks.forms import AnswerForm, AskForm, DecideForm, RemarkForm, ReportForm, ReturnForm, WaitForm, WhyForm
from trienkhai.tasks.forms_coordinating import AskOpinionForm, OpinionAnswerForm, WithdrawForm
from trienkhai.tasks.forms_giving import ReasonForm
from trienkhai.tasks.models import Assignment, BulkJob, State, Wait
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db
MARKED = "TỐI MẬT\nSố liệu của đơn vị"
SOUND = "Theo quy định về bảo vệ bí mật nhà nước"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (RemarkForm, "remark"),
        (ReturnForm, "reason"),
        (WhyForm, "reason"),
        (ReasonForm, "reason"),
        (ReportForm, "text"),
        (ReportForm, "bottleneck"),
        (AskForm, "reason"),
        (DecideForm, "answer"),
        (AnswerForm, "answer"),
        (WaitForm, "what"),
        (WaitForm, "body"),
        (WithdrawForm, "reason"),
    ],
)
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "T U Y Ệ T  M Ậ T", "**MẬT**"])
def test_a_form_refuses_a_mark_that_stands_alone(form: Any, name: str, mark: str):
    assert "bí mật" in str(form({name: f"{mark}\nSố liệu"}).errors.get(name))
    assert "bí mật" not in str(form({name: SOUND}).errors.get(name))


def test_a_request_for_an_opinion_and_its_answer_refuse_a_mark():
    cast = Cast()
    who = {"account": cast.officer, "on": DUE}

    asked = AskOpinionForm({"subject": "MẬT", "question": MARKED}, **who)
    answered = OpinionAnswerForm({"answer": MARKED}, from_paper=False, **who)

    assert {"subject", "question"} <= set(asked.errors) and "answer" in answered.errors


def test_a_page_refuses_it_and_nothing_is_written(client: Any):
    cast = Cast()
    row = assignment_of(make_issue(cast), cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    client.force_login(cast.holder_of(row))
    waited = client.post(reverse("tasks:wait", args=[row.pk]), {"body": "Sở", "what": MARKED, "until": "01/02/2027"})
    actions.submit_report(row.pk, text="Đã xong", by=cast.holder_of(row), at=at(5))
    client.force_login(cast.approver_of(row))
    approved = client.post(reverse("tasks:approve_all"), {"remark": MARKED})

    assert (waited.status_code, approved.status_code) == (422, 422)
    for answer in (waited, approved):
        page = answer.content.decode()
        assert "Số liệu của đơn vị" not in page and "data-unkept" in page
    assert not Wait.objects.exists() and Assignment.objects.get(pk=row.pk).state == State.SUBMITTED
    with pytest.raises(ValidationError):
        actions.begin_job("tasks", "approve", [], words=MARKED, by=cast.approver_of(row), at=at(6))
    assert not BulkJob.objects.exists()

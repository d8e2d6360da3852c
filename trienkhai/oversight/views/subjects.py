"""The page of a subject: what was found, what is recommended, what was answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.common.verdict import Verdict
from trienkhai.oversight import actions, rules
from trienkhai.oversight.forms import HeldForm, ReasonForm, RecommendForm, ReplyForm
from trienkhai.oversight.models import Outcome, Subject
from trienkhai.oversight.norms import organisations
from trienkhai.oversight.views.common import Sheet, answer, form_of, plans_crumb, subject_crumbs
from trienkhai.people.requests import account_of


def _subject(request: HttpRequest, pk: int, rule: Callable[..., Verdict] | None = None) -> Subject:
    account, on = account_of(request), clock.today()
    rows = rules.visible_subjects(account, on).select_related("plan__unit__present", "addressee__present", "post")
    found = get_object_or_404(rows, pk=pk)
    if rule is not None:
        rule(account, found, on).require()
    return found


def _back(found: Subject) -> str:
    return reverse("oversight:subject", args=[found.pk])


@require_GET
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _subject(request, pk)
    rows = list(found.recommendations.select_related("answers_by__present", "replied_by").order_by("position"))
    answers: dict[int, bool] = {}
    for row in rows:
        row.subject = found
        if row.outcome == Outcome.OPEN and row.answers_by_id not in answers:
            answers[row.answers_by_id] = bool(rules.can_reply(account, row, on))
    context = {
        "subject": found,
        "rows": [(row, row.is_overdue(on), not row.outcome and answers[row.answers_by_id]) for row in rows],
        "organisation": organisations(on, found.plan.unit.path or "").get(found.plan.organisation, ""),
        "may": {name: getattr(rules, f"can_{name}")(account, found, on) for name in ("hold", "drop", "recommend")},
        "on": on,
        "late": found.is_overdue(on),
        "crumbs": [plans_crumb()],
    }
    return page(request, "oversight/subject.html", context)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, pk: int) -> HttpResponse:
    found = _subject(request, pk, rules.can_hold)
    form = form_of(request, HeldForm, initial={"held_on": clock.today()})

    def act() -> None:
        actions.tell_held(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, form, Sheet(_("What was found"), found.title, _back(found)), act, subject_crumbs(found))


@require_http_methods(["GET", "POST"])
def subject_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _subject(request, pk, rules.can_drop)
    form = form_of(request, ReasonForm)

    def act() -> None:
        actions.drop_subject(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, form, Sheet(_("Drop this subject"), found.title, _back(found)), act, subject_crumbs(found))


@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, pk: int) -> HttpResponse:
    found = _subject(request, pk, rules.can_recommend)
    form = form_of(request, RecommendForm)

    def act() -> None:
        actions.recommend(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    sheet = Sheet(_("A recommendation"), f"{found.title} · {found.addressed}", _back(found))
    return answer(request, form, sheet, act, subject_crumbs(found))


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    rows = rules.visible_recommendations(account, on)
    row = get_object_or_404(rows.select_related("subject__post", "answers_by__present"), pk=pk)
    rules.can_reply(account, row, on).require()
    form = form_of(request, ReplyForm)

    def act() -> None:
        actions.reply(row.pk, **form.cleaned_data, by=account, at=clock.now())

    sees = rules.visible_subjects(account, on).filter(pk=row.subject_id).exists()
    back = _back(row.subject) if sees else reverse("oversight:recommendations")
    sheet = Sheet(_("Answer the recommendation"), row.subject.title, back, remark=row.text)
    return answer(request, form, sheet, act, [plans_crumb()])

"""The four lists of a unit for a year, proofs, the register of answers; what is overdue in a branch."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Verdict
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import holding_at, work_reach
from trienkhai.oversight import actions, rules
from trienkhai.oversight.forms import AnswerForm, MatterForm, ProofForm, QuestionForm, ReasonForm
from trienkhai.oversight.models import Matter, MatterKind
from trienkhai.oversight.norms import POSTING, days_kept
from trienkhai.oversight.queries import kinds_of
from trienkhai.oversight.views.common import Sheet, answer, form_of, number_of, year_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


def _address(unit: Unit, year: int) -> str:
    return f"{reverse('oversight:democracy')}?don-vi={unit.pk}&nam={year}"


def _crumbs(unit: Unit, year: int) -> list[dict[str, str]]:
    return [{"label": _("Democracy at the grassroots"), "url": _address(unit, year)}]


def _own(account: Account, on: date) -> list[Unit]:
    ids = rules.read_ids(account, on, *rules.EVERYONE)
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))


def _unit(request: HttpRequest, account: Account, on: date, own: list[Unit]) -> Unit:
    """The unit asked for, own or in reach; else the highest own one. 404 for nobody's."""
    asked = request.GET.get("don-vi", "")
    if not asked:
        if not own:
            raise Http404
        return own[0]
    if found := next((unit for unit in own if str(unit.pk) == asked), None):
        return found
    seen = Unit.objects.filter(work_reach(account, on).q()).select_related("present")
    return get_object_or_404(seen, pk=number_of(asked))


@require_GET
def democracy(request: HttpRequest) -> HttpResponse:
    """What a unit makes public, decides, asks and lets be checked in a year, with proof; questions and answers."""
    account, on = account_of(request), clock.today()
    own = _own(account, on)
    unit, year = _unit(request, account, on, own), year_of(request, on)
    asked = rules.visible_questions(account, on).filter(unit=unit, asked_on__year=year)
    questions = Paginator(asked.select_related("matter").order_by("-asked_on", "-pk"), PAGE)
    context = {
        "unit": unit,
        "units": own if unit in own else [unit, *own],
        "year": year,
        "lists": kinds_of(rules.visible_matters(account, on).filter(unit=unit), year),
        "questions": questions.get_page(request.GET.get("page")),
        "may_keep": bool(rules.can_keep(account, unit, on)),
        "may_ask": bool(rules.can_ask(account, unit, on)),
        "may_answer": bool(holding_at(account, unit, rules.ANSWERERS, on, rules.ACT)),
        "reads_work": bool(work_reach(account, on).grants),
        "posting": days_kept(POSTING, on, unit.path or ""),
        "on": on,
    }
    return page(request, "oversight/democracy.html", context)


@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """Matters in sight past their day without a proof, the longest first."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_matters(account, on).overdue(on).select_related("unit__present")
    found = Paginator(rows.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("Democracy at the grassroots"), "url": reverse("oversight:democracy")}]
    return page(request, "oversight/overdue.html", {"rows": found, "crumbs": crumbs})


def _kept_unit(request: HttpRequest, unit: int, rule: Callable[..., Verdict] = rules.can_keep) -> Unit:
    found = get_object_or_404(Unit.objects.select_related("present"), pk=unit)
    rule(account_of(request), found, clock.today()).require()
    return found


@require_http_methods(["GET", "POST"])
def matter_add(request: HttpRequest, unit: int) -> HttpResponse:
    found = _kept_unit(request, unit)
    form = form_of(request, MatterForm, initial={"kind": MatterKind.PUBLIC})
    year = form.cleaned_data["due_on"].year if form.is_valid() else year_of(request, clock.today())

    def act() -> None:
        actions.add_matter(found, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, form, Sheet(_("A matter"), found.name, _address(found, year)), act, _crumbs(found, year))


@require_POST
def usual_take(request: HttpRequest, unit: int) -> HttpResponse:
    found = _kept_unit(request, unit)
    year = year_of(request, clock.today())
    made = actions.take_usual(found, year=year, by=account_of(request), at=clock.now())
    if made:
        messages.success(request, _("The usual lists are there."))
    else:
        messages.info(request, _("Nothing is missing of the usual lists."))
    return go(request, _address(found, year))


def _matter(request: HttpRequest, pk: int, rule: Callable[..., Verdict]) -> Matter:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(rules.visible_matters(account, on).select_related("unit__present"), pk=pk)
    rule(account, found, on).require()
    return found


@require_http_methods(["GET", "POST"])
def matter_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _matter(request, pk, rules.can_drop_matter)
    year = found.due_on.year
    form = form_of(request, ReasonForm)

    def act() -> None:
        actions.drop_matter(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    sheet = Sheet(_("Left out this time"), found.title, _address(found.unit, year))
    return answer(request, form, sheet, act, _crumbs(found.unit, year))


@require_http_methods(["GET", "POST"])
def proof_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _matter(request, pk, rules.can_change_matter)
    year = found.due_on.year
    form = form_of(request, ProofForm, initial={"from_on": clock.today()})

    def act() -> None:
        actions.add_proof(found.pk, form.shown(), by=account_of(request), at=clock.now())

    lead = f"{found.get_kind_display()}: {found.title}"
    sheet = Sheet(_("Proof"), lead, _address(found.unit, year))
    return answer(request, form, sheet, act, _crumbs(found.unit, year))


@require_POST
def proof_remove(request: HttpRequest, pk: int) -> HttpResponse:
    proof = get_object_or_404(rules.visible_proofs(account_of(request), clock.today()), pk=pk)
    found = _matter(request, proof.matter_id, rules.can_change_matter)
    actions.remove_proof(proof.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The proof was taken back."))
    return go(request, _address(found.unit, found.due_on.year))


@require_GET
def proof_file(request: HttpRequest, pk: int) -> FileResponse:
    """To whoever reads the lists of the unit."""
    rows = rules.visible_proofs(account_of(request), clock.today()).exclude(file=None).select_related("file")
    file = get_object_or_404(rows, pk=pk).file
    if file is None or not default_storage.exists(file.path):
        raise Http404
    content = default_storage.open(file.path)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, unit: int) -> HttpResponse:
    found = _kept_unit(request, unit, rules.can_ask)
    on = clock.today()
    form = form_of(request, QuestionForm, unit=found, year=on.year, initial={"asked_on": on})

    def act() -> None:
        actions.enter_question(found, **form.cleaned_data, by=account_of(request), at=clock.now())

    year = form.cleaned_data["asked_on"].year if form.is_valid() else on.year
    sheet = Sheet(_("A question of the grassroots"), found.name, _address(found, year))
    return answer(request, form, sheet, act, _crumbs(found, year))


@require_http_methods(["GET", "POST"])
def question_answer(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    row = get_object_or_404(rules.visible_questions(account, on).select_related("unit__present"), pk=pk)
    rules.can_answer(account, row, on).require()
    form = form_of(request, AnswerForm)

    def act() -> None:
        actions.answer_question(row.pk, **form.cleaned_data, by=account, at=clock.now())

    year = row.asked_on.year
    sheet = Sheet(_("Answer the question"), row.unit.name, _address(row.unit, year), remark=row.text)
    return answer(request, form, sheet, act, _crumbs(row.unit, year))

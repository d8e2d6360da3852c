"""A commitment: made, read (an act each time), reported on, commented."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.conduct import actions, rules
from trienkhai.conduct.forms import CommentForm, CommitForm, ReportForm
from trienkhai.conduct.models import Commitment, Period, Review
from trienkhai.conduct.norms import contents, due_days
from trienkhai.conduct.views.common import address, answer, bound, crumbs, year_of
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def _seen(request: HttpRequest, pk: int) -> Commitment:
    rows = rules.visible_commitments(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "account", "member"), pk=pk)


@require_http_methods(["GET", "POST"])
def commit(request: HttpRequest, unit: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(Unit.objects.select_related("present"), pk=unit)
    rules.can_commit(account, found, on).require()
    year = year_of(request, on)
    mine = rules.visible_commitments(account, on).going_on().filter(rules.of_author(account), year=year).first()
    start = "\n".join(f"{n}. {words}: " for n, words in enumerate(contents(on, found.path or ""), start=1))
    form = bound(request, CommitForm, initial={"text": mine.text if mine else start})

    def act() -> None:
        actions.commit(found, year=year, **form.cleaned_data, by=account, at=clock.now())

    title = _("Commitment of %(year)s") % {"year": year}
    return answer(request, form, act, address(found, year), title=title, lead=found.name, crumbs=crumbs(found, year))


def _page(request: HttpRequest, found: Commitment, opened: bool) -> HttpResponse:
    account, on = account_of(request), clock.today()
    reviews = {row.period: row for row in found.reviews.select_related("commented_by", "file")}
    due = due_days(found.year, found.unit.path or "")
    parts = []
    for period in Period:
        review = reviews.get(period.value)
        if review:
            review.commitment = found
        may_comment = bool(review and rules.can_comment(account, review, on))
        may_report = bool(rules.can_report(account, found, period.value, on))
        parts.append((period, review, due.get(period.value), may_report, may_comment))
    context = {
        "row": found,
        "opened": opened,
        "own": rules.is_author(account, found),
        "parts": parts,
        "due": due,
        "on": on,
        "crumbs": crumbs(found.unit, found.year),
    }
    return page(request, "conduct/commitment.html", context)


@require_GET
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps and their days; the words for the author alone, for others behind a button."""
    found = _seen(request, pk)
    return _page(request, found, opened=rules.is_author(account_of(request), found))


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, for whoever may; that they were read is an act."""
    found = _seen(request, pk)
    actions.read_commitment(found.pk, by=account_of(request), at=clock.now())
    return _page(request, found, opened=True)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    found = _seen(request, pk)
    rules.can_report(account_of(request), found, period, clock.today()).require()
    known = found.reviews.filter(period=period).first()
    form = bound(request, ReportForm, initial={"text": known.told, "link": known.link} if known else {})

    def act() -> None:
        actions.report(found.pk, period, form.told(), by=account_of(request), at=clock.now())

    title = _("Own report: %(period)s %(year)s") % {"period": Period(period).label, "year": found.year}
    back = reverse("conduct:commitment", args=[found.pk])
    words = {"title": title, "lead": found.unit.name, "crumbs": crumbs(found.unit, found.year)}
    return answer(request, form, act, back, **words)


def _review(request: HttpRequest, pk: int) -> Review:
    row = get_object_or_404(Review.objects.select_related("file"), pk=pk)
    row.commitment = _seen(request, row.commitment_id)
    return row


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """What the collective said at its meeting."""
    row = _review(request, pk)
    found = row.commitment
    rules.can_comment(account_of(request), row, clock.today()).require()
    form = bound(request, CommentForm, initial={"met_on": clock.today()})

    def act() -> None:
        actions.comment(row.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    words = {
        "title": _("Comment of the collective: %(period)s %(year)s")
        % {"period": row.get_period_display(), "year": found.year},
        "lead": f"{found.person} · {found.unit.name}",
        "crumbs": crumbs(found.unit, found.year),
    }
    return answer(request, form, act, reverse("conduct:commitment", args=[found.pk]), **words)


@require_POST
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The file of an own report; taking it along is a reading."""
    row = _review(request, pk)
    if row.file is None or not default_storage.exists(row.file.path):
        raise Http404
    actions.read_commitment(row.commitment_id, by=account_of(request), at=clock.now())
    content = default_storage.open(row.file.path)
    response = FileResponse(content, as_attachment=True, filename=row.file.name, content_type=row.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

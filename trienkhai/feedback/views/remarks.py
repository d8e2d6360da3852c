"""Feedback by name: what I gave and what I receive, reading, answering; which posts receive it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.feedback import actions, rules
from trienkhai.feedback.forms import PostsForm, RemarkForm, ReplyForm
from trienkhai.feedback.models import Remark
from trienkhai.feedback.queries import readings_of
from trienkhai.feedback.views.tabs import crumb, faults_into, paged, pager, tabs
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_GET
def remarks(request: HttpRequest) -> HttpResponse:
    """Numbers, days and states; the words are on the page of each."""
    account, on = account_of(request), clock.today()
    waiting = request.GET.get("trang-thai") == "cho"
    rows = rules.waiting_remarks(account, on) if waiting else rules.visible_remarks(account, on)
    rows = rows.select_related("unit__present", "by")
    shown = paged(request, rows.order_by("-pk"))
    context = {
        "rows": [(row, row.by_id == account.pk) for row in shown],
        "pager": pager(shown),
        "waiting": waiting,
        "gives": bool(reach_of(account, on).grants),
        "tabs": tabs(request, "remarks"),
    }
    return page(request, "feedback/remarks.html", context)


def _seen(request: HttpRequest, pk: int) -> Remark:
    rows = rules.visible_remarks(account_of(request), clock.today())
    related = ("unit__present", "given_to__present", "by", "about", "answered_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _remark(request: HttpRequest, found: Remark, *, opened: bool) -> HttpResponse:
    account, on = account_of(request), clock.today()
    own = found.by_id == account.pk
    context = {
        "remark": found,
        "own": own,
        "opened": opened or own,
        "readings": readings_of(found),
        "can_read": rules.can_read_remark(account, found, on),
        "can_answer": rules.can_answer_remark(account, found, on),
        "can_send_up": rules.can_send_up(account, found, on),
        "crumbs": [crumb("remarks")],
    }
    return page(request, "feedback/remark.html", context)


@never_cache
@require_GET
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Who wrote it reads it here; a receiver opens it by a button, which is written down."""
    return _remark(request, _seen(request, pk), opened=False)


@never_cache
@require_POST
def remark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, and an act that says who read them."""
    found = _seen(request, pk)
    actions.read_remark(found.pk, by=account_of(request), at=clock.now())
    return _remark(request, found, opened=True)


@require_http_methods(["GET", "POST"])
def remark_new(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    targets: dict[int, Unit] = {}
    for unit in rules.proposing_units(account, on):
        targets |= {one.pk: one for one in [unit, *rules.units_above(unit, on)] if one.pk not in targets}
    if not targets:
        raise Http404
    seats = Holding.objects.on(on).filter(post__unit__in=targets).exclude(post__role__in=(Role.MEMBER, Role.ADMIN))
    people = Account.objects.filter(pk__in=seats.values("account")).exclude(pk=account.pk).order_by("sort_key")
    form = RemarkForm(request.POST or None, targets=list(targets.values()), people=people)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        to, about = targets[values["to"]], values["about"]
        if verdict := rules.can_remark(account, to, about, on):
            made = actions.remark(to, values["text"], about=about, by=account, at=clock.now())
            messages.success(request, _("Your feedback has gone to the posts named for it."))
            return go(request, "feedback:remark", made.pk)
        form.add_error(None, verdict.reason)
    context = {
        "form": form,
        "title": _("Give feedback by name"),
        "lead": _("Only the posts named for it read it, and each reading is written down; you see who read it."),
        "label": _("Send"),
        "keep": "",
        "not_here": True,
        "crumbs": [crumb("remarks")],
        "back": reverse("feedback:remarks"),
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    account, found = account_of(request), _seen(request, pk)
    rules.can_answer_remark(account, found, clock.today()).require()
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_remark(found.pk, form.cleaned_data["text"], by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, ("text",))
        else:
            messages.success(request, _("The answer has been sent."))
            return go(request, "feedback:remark", found.pk)
    context = {
        "form": form,
        "title": _("Answer"),
        "lead": _("Feedback by name no. %(n)d") % {"n": found.pk},
        "label": _("Answer"),
        "keep": "",
        "crumbs": [crumb("remarks")],
        "back": reverse("feedback:remark", args=[found.pk]),
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)


@require_POST
def remark_send_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    actions.send_up(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("It has gone to the level above."))
    return go(request, "feedback:remarks")


@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, unit: int) -> HttpResponse:
    """A leader names the posts that receive feedback given to the unit."""
    account, on = account_of(request), clock.today()
    own = Q(pk__in=[one.pk for one in rules.proposing_units(account, on)])
    found = get_object_or_404(Unit.objects.filter(own).select_related("present"), pk=unit)
    if not rules.can_name_posts(account, found, on):
        raise Http404
    form = PostsForm(
        request.POST if request.method == "POST" else None,
        posts=rules.nameable_posts(found),
        initial={"posts": rules.posts_of(found.pk)},
    )
    if request.method == "POST" and form.is_valid():
        actions.name_posts(found, [post.pk for post in form.cleaned_data["posts"]], by=account, at=clock.now())
        messages.success(request, _("From now on these posts receive feedback."))
        return go(request, "feedback:overview")
    context = {
        "form": form,
        "title": _("Who receives feedback"),
        "lead": found.name,
        "label": _("Store"),
        "keep": "",
        "crumbs": [crumb()],
        "back": reverse("feedback:overview"),
    }
    return page(request, "feedback/form.html", context, status=422 if form.errors else 200)

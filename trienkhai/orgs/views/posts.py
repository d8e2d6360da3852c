"""Posts of a branch on any day, one post through time, and what an administrator does with them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, slots
from trienkhai.common.days import OPEN_END
from trienkhai.common.htmx import page
from trienkhai.orgs import actions, rules, rules_posts
from trienkhai.orgs.forms_posts import (
    STATE_NAMES,
    AbolishForm,
    AppointForm,
    EndDelegationForm,
    EndHoldingForm,
    HandOverForm,
    PostFilter,
    PostForm,
    language,
)
from trienkhai.orgs.models import Holding, Manner, Post, Unit
from trienkhai.orgs.queries import ancestors, version_on
from trienkhai.orgs.queries_posts import (
    Wanted,
    committee_on,
    counts_by_state,
    lines_of,
    names_in,
    posts_of,
    units_with_posts,
)
from trienkhai.orgs.views.upkeep import answer, managed
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50
EARLIEST, LATEST = date(1930, 1, 1), date(2999, 12, 31)


def day_asked(request: HttpRequest, today: date) -> date:
    """The day of the address (`ngay`), today when there is none that a calendar knows."""
    try:
        on = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today
    return on if EARLIEST <= on <= LATEST else today


def unit_asked(request: HttpRequest, account: Account, today: date) -> Unit:
    """The unit of the address (`don-vi`), else the person's own, the highest one; 404 for whoever has no post."""
    named, asked = rules.named_units(account, today).select_related("present"), request.GET.get("don-vi", "")
    if asked:
        return get_object_or_404(named, pk=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    own = min(
        (grant.path for grant in rules.reach_of(account, today).grants), key=lambda way: (len(way), way), default=""
    )
    return get_object_or_404(named, path=own)


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Posts of a branch as on `ngay`, by unit, class, role, state and name of the holder; fifty a page."""
    account, today = account_of(request), clock.today()
    unit, on = unit_asked(request, account, today), day_asked(request, today)
    form = PostFilter({**request.GET.dict(), "ngay": on.isoformat()}, on=on)
    given = form.cleaned_data if form.is_valid() else {}
    wanted = Wanted(
        unit,
        on,
        kind=given.get("lop", ""),
        role=given.get("vai", ""),
        state=given.get("tinh-trang", ""),
        words=given.get("q", ""),
        alone=request.GET.get("chi") == "1",
    )
    rows = posts_of(wanted).prefetch_related("classes").order_by("unit__path", "pk")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, value in request.GET.items() if name not in ("tinh-trang", "page")]
    counts = counts_by_state(wanted)
    context = {
        "unit": unit,
        "version": version_on(unit, on),
        "on": on,
        "past": on != today,
        "alone": wanted.alone,
        "form": form,
        "lines": lines_of(shown.object_list, on),
        "classes": names_in("posts.classes", on, language()),
        "tiles": [
            {
                "label": STATE_NAMES[state],
                "count": count,
                "url": f"{reverse('orgs:posts')}?{urlencode([*kept, ('tinh-trang', state)])}",
                "tone": "over" if state == "over" and count else "",
            }
            for state, count in counts.items()
        ],
        "pager": _pager(shown),
        "committee": committee_on(unit, on),
        "above": ancestors(unit)[:-1],
        "can_manage": rules.can_manage_units(account, today, unit),
        "reads_members": rules_posts.can_read_members(account, unit, today),
    }
    return page(request, "orgs/posts/list.html", context, part="posts")


def _pager(shown: Any) -> dict[str, Any]:
    return {
        "number": shown.number,
        "has_previous": shown.has_previous(),
        "has_next": shown.has_next(),
        "first": shown.start_index(),
        "last": shown.end_index(),
        "count": shown.paginator.count,
    }


@require_GET
def responsible(request: HttpRequest, pk: int) -> HttpResponse:
    """Who held the posts of a unit on a day, and who stood in for whom: who was responsible."""
    account, today = account_of(request), clock.today()
    unit = get_object_or_404(rules.named_units(account, today).select_related("present"), pk=pk)
    on = day_asked(request, today)
    context = {
        "unit": unit,
        "version": version_on(unit, on),
        "on": on,
        "past": on != today,
        "lines": units_with_posts(unit, on),
        "crumbs": [{"label": unit.name, "url": reverse("orgs:unit", args=[pk])}],
        "language": language(),
    }
    return page(request, "orgs/posts/responsible.html", context)


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: seats, requirements, holders through time, what may be done with it."""
    account, today = account_of(request), clock.today()
    named = rules.named_units(account, today)
    shown = get_object_or_404(Post.objects.filter(unit__in=named).select_related("unit__present"), pk=pk)
    rows = rules_posts.visible_holdings(account, today).filter(post=shown)
    rows = rows.select_related("account", "principal__account", "post__unit__present")
    manages = rules.can_manage_units(account, today, shown.unit)
    cares = rules_posts.cared_units(account, today).filter(pk=shown.unit_id).exists()
    names, borne = names_in("posts.classes", today, language()), shown.classes.values_list("name", flat=True)
    context = {
        "post": shown,
        "line": lines_of([shown], today)[0],
        "classes": [label for name, label in names.items() if name in borne],
        "history": [
            {
                "holding": row,
                "open": row.valid_to > today,
                "deputy": rules_posts.can_set_deputy(account, row.principal or row, today)
                if row.valid_to > today
                else None,
            }
            for row in rows.order_by("-valid_from", "-pk")
        ],
        "endings": names_in("posts.endings", today, language()) if cares else {},
        "can_manage": manages and rules_posts.can_change_post(account, shown, today),
        "can_abolish": rules_posts.can_abolish(account, shown, today),
        "ends": shown.abolished_on < OPEN_END,
        "left": _left(request, shown, rows, today),
        "crumbs": [
            {"label": shown.unit.short_name, "url": reverse("orgs:unit", args=[shown.unit_id])},
        ],
    }
    return page(request, "orgs/posts/post.html", context)


def _left(request: HttpRequest, shown: Post, rows: Iterable[Holding], today: date) -> list[dict[str, Any]]:
    """What still hangs on people who left the post, as later areas tell it; for the unit and those above it."""
    if not rules.reach_of(account_of(request), today).covers(shown.unit.path):
        return []
    gone = {row.account_id: row for row in rows if row.valid_to <= today and row.principal_id is None}
    return [part for row in gone.values() for part in slots.parts("orgs.holding.left", request, row)]


@require_http_methods(["GET", "POST"])
def post_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = managed(request, pk, clock.today())
    form = PostForm(request.POST or None, on=clock.today())

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.create_post(unit, **values, by=account_of(request), at=at)

    done = _("The post has been added.")
    return answer(request, unit, form, work, title=_("New post"), label=_("Add the post"), done=done)


@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Words, seats, requirements and rights of a post."""
    today = clock.today()
    found = _managed_post(request, pk, today)
    names = ("title", "role", "reach", "may_issue", "seats", "requirements", "term_bound")
    initial = {name: getattr(found, name) for name in names}
    initial["classes"] = list(found.classes.values_list("name", flat=True))
    form = PostForm(request.POST or None, initial=initial, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.change_post(found.pk, **values, by=account_of(request), at=at)

    words = {"title": _("Change the post: %(post)s") % {"post": found.title}, "label": _("Store"), "done": _("Stored.")}
    return answer(request, found.unit, form, work, back=reverse("orgs:post", args=[pk]), **words)


def _managed_post(request: HttpRequest, pk: int, on: date) -> Post:
    rows = Post.objects.filter(unit__in=rules.managed_units(account_of(request), on))
    return get_object_or_404(rows.select_related("unit__present"), pk=pk)


@require_http_methods(["GET", "POST"])
def post_abolish(request: HttpRequest, pk: int) -> HttpResponse:
    """The post ends on a day by decision."""
    today, account = clock.today(), account_of(request)
    found = _managed_post(request, pk, today)
    if not rules_posts.can_abolish(account, found, today):
        raise Http404
    form = AbolishForm(request.POST or None, initial={"on": today}, post=found, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.abolish_post(found.pk, **values, by=account, at=at)

    title = _("Abolish the post: %(post)s") % {"post": found.title}
    words = {"title": title, "label": _("Abolish the post"), "done": _("The post has been abolished.")}
    return answer(request, found.unit, form, work, back=reverse("orgs:post", args=[pk]), **words)


@require_http_methods(["GET", "POST"])
def post_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post to a person."""
    today = clock.today()
    found = _managed_post(request, pk, today)
    form = AppointForm(request.POST or None, initial={"valid_from": today})

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.appoint(found, **values, by=account_of(request), at=at)

    title = _("Who holds the post: %(post)s") % {"post": found.title}
    words = {"title": title, "label": _("Give the post"), "done": _("Stored.")}
    return answer(request, found.unit, form, work, back=reverse("orgs:post", args=[pk]), **words)


def _holding(request: HttpRequest, pk: int, on: date) -> Holding:
    """A holding that has not ended, of a post in sight."""
    rows = rules_posts.visible_holdings(account_of(request), on).filter(valid_to__gt=on)
    related = ("post__unit__present", "account", "principal__account", "principal__post__unit")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person's holding of a post, or a deputy's right, end."""
    today, account = clock.today(), account_of(request)
    holding = _holding(request, pk, today)
    if not rules_posts.can_end_holding(account, holding, today):
        raise Http404
    first = max(today, holding.valid_from)
    delegated = holding.manner == Manner.DELEGATED
    if delegated:
        form: Any = EndDelegationForm(request.POST or None, initial={"on": first})
        title = _("%(name)s is no longer the deputy of %(holder)s")
        title %= {"name": holding.account, "holder": holding.principal.account if holding.principal else ""}
    else:
        form = EndHoldingForm(request.POST or None, initial={"on": first}, today=today)
        title = _("%(name)s leaves the post: %(post)s") % {"name": holding.account, "post": holding.post.title}

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.end_holding(holding.pk, **values, by=account, at=at)

    words = {"title": title, "label": _("End this holding"), "done": _("Stored.")}
    back = reverse("orgs:deputies") if delegated else reverse("orgs:post", args=[holding.post_id])
    return answer(request, holding.post.unit, form, work, back=back, **words)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The post goes from one person to another on one day."""
    today, account = clock.today(), account_of(request)
    holding = _holding(request, pk, today)
    if holding.manner == Manner.DELEGATED or not rules.can_manage_units(account, today, holding.post.unit):
        raise Http404
    form = HandOverForm(request.POST or None, initial={"on": max(today, holding.valid_from)})

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.hand_over(holding.pk, values.pop("account"), **values, by=account, at=at)

    title = _("%(name)s hands over the post: %(post)s") % {"name": holding.account, "post": holding.post.title}
    words = {"title": title, "label": _("Hand over the post"), "done": _("The post has been handed over.")}
    back = reverse("orgs:post", args=[holding.post_id])
    return answer(request, holding.post.unit, form, work, back=back, **words)

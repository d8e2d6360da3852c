"""Members as numbers: of a branch on any day, and told by the units where they are."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.orgs import actions, rules, rules_posts, rules_roster
from trienkhai.orgs.forms_posts import MembersForm, language
from trienkhai.orgs.models import Role
from trienkhai.orgs.queries import version_on
from trienkhai.orgs.queries_members import last_counts, members_by_branch, silent_units, tells_itself
from trienkhai.orgs.queries_posts import names_in
from trienkhai.orgs.views.posts import day_asked, unit_asked
from trienkhai.orgs.views.upkeep import answer
from trienkhai.people.requests import account_of


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Numbers of members by class as on `ngay`, of the branch and of each branch directly below."""
    account, today = account_of(request), clock.today()
    unit, on = unit_asked(request, account, today), day_asked(request, today)
    if not rules_posts.can_read_members(account, unit, today):
        raise Http404
    whole, lines = members_by_branch(unit, on)
    tells = rules_posts.telling_units(account, today).select_related("present").order_by("path")
    context = {
        "unit": unit,
        "version": version_on(unit, on),
        "on": on,
        "past": on != today,
        "whole": whole,
        "lines": lines,
        "classes": names_in("members.classes", on, language()),
        "silent": silent_units(unit, on) if whole.missing else [],
        "tells": [row for row in tells if tells_itself(row, today) and not rules_roster.has_roster(row)],
        "lists": rules.reach_of(account, today).has(Role.ADMIN) or rules_roster.kept_units(account, today).exists(),
        "below": rules.reads_below(account, unit, today),
        "crumbs": [{"label": unit.name, "url": reverse("orgs:unit", args=[unit.pk])}],
    }
    return page(request, "orgs/posts/members.html", context)


@require_http_methods(["GET", "POST"])
def members_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of one unit, for a day."""
    account, today = account_of(request), clock.today()
    unit = get_object_or_404(rules_posts.telling_units(account, today).select_related("present"), pk=pk)
    known = dict(last_counts([unit.pk], today).values_list("kind", "number"))
    form = MembersForm(request.POST or None, initial={"counted_on": today, **known}, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.tell_members(unit, form.numbers(), counted_on=values["counted_on"], by=account, at=at)

    words = {"title": _("Numbers of members"), "label": _("Store"), "done": _("Stored.")}
    back = f"{reverse('orgs:members')}?don-vi={pk}"
    return answer(request, unit, form, work, back=back, **words)

"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.models import Act
from trienkhai.common.clock import today
from trienkhai.dashboards.rules import reads_acts, visible_acts
from trienkhai.dashboards.wording import sentence
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import BRANCH_READERS, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

ACTS_SHOWN = 20


def menu_board(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """The board of the person's own unit, the highest one."""
    reach = work_reach(request.user, today())
    grants = reach.of(*BRANCH_READERS, Role.FOCAL, Role.SECRETARY).grants
    if not grants:
        return None
    own = min(grants, key=lambda grant: (len(grant.path), grant.holding_id)).unit_id
    return {
        "label": _("Board"),
        "url": reverse("dashboards:board", args=[own]),
        "icon": "board",
        "current": request.path.startswith("/bang-dieu-hanh/"),
        "group": "own",
        "order": 30,
    }


def menu_tree(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).grants:
        return None
    return {
        "label": _("Organisation"),
        "url": reverse("orgs:tree"),
        "icon": "tree",
        "current": request.path.startswith(("/to-chuc", "/don-vi/")) and "/so/" not in request.path,
        "group": "organisation",
        "order": 10,
    }


def menu_acts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reads_acts(account_of(request), today()):
        return None
    return {
        "label": _("Acts"),
        "url": reverse("dashboards:acts"),
        "icon": "history",
        "current": request.path.startswith("/nhat-ky"),
        "group": "organisation",
        "order": 60,
    }


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: the way to its board, for whoever sees its work."""
    if not work_reach(request.user, today()).covers(unit.path):
        return None
    return {"label": _("Board"), "url": reverse("dashboards:board", args=[unit.pk]), "icon": "board"}


def acts_of_deputy(request: HttpRequest, person: Account) -> dict[str, Any] | None:
    """On the page of a person: what was done as a deputy, with both names; shown to the person and to readers of the
    log.
    """
    account, on = account_of(request), today()
    readable = Act.objects.all() if account.pk == person.pk else visible_acts(account, on)
    rows = list(readable.filter(actor_id=person.pk).exclude(principal="").order_by("-pk")[:ACTS_SHOWN])
    if not rows:
        return None
    linked = set(visible_acts(account, on).filter(pk__in=[act.pk for act in rows]).values_list("pk", flat=True))
    shown = [
        {
            "at": act.at,
            "who": act.actor_name,
            "principal": act.principal,
            "words": sentence(act),
            "url": reverse("dashboards:act", args=[act.pk]) if act.pk in linked else "",
        }
        for act in rows
    ]
    return {"template": "dashboards/deputy_acts.html", "acts": shown}

"""Which session came before, who may take part, what is to be done next."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from trienkhai.documents.models import DraftState
from trienkhai.orgs.models import Holding, Role, Succession, Unit
from trienkhai.tasks.models import Issue
from trienkhai.worksessions.models import Conclusion, Dossier, Session, SessionQuerySet, SessionState, UnitWord

SEATED = (Role.LEADER, Role.OFFICER, Role.FOCAL, Role.SECRETARY)


def lineage(unit_id: int) -> set[int]:
    """The unit and all that it took over from, over any number of reorganisations."""
    found, fresh = {unit_id}, {unit_id}
    while fresh:
        rows = Succession.objects.filter(successor__in=fresh, main=True).values_list("unit", flat=True)
        fresh = set(rows) - found
        found |= fresh
    return found


def last_session(session: Session) -> Session | None:
    """The last session held before with the unit, or with one that it took over from, led by the same unit or one that
    this took over from.
    """
    rows = Session.objects.ended().filter(upper__in=lineage(session.upper_id), unit__in=lineage(session.unit_id))
    rows = rows.filter(starts_at__lt=session.starts_at).exclude(pk=session.pk)
    return (
        rows.select_related("upper__present", "unit__present", "notice__document").order_by("-starts_at", "-pk").first()
    )


def seats_of(unit: Unit, on: date) -> list[Holding]:
    """Who may be named for the unit: holders of its posts of leading, tracking, answering; each person once."""
    rows = Holding.objects.on(on).seated().filter(post__unit=unit, post__role__in=SEATED)
    found: dict[int, Holding] = {}
    order = list(SEATED)
    listed = list(rows.select_related("account", "post").order_by("pk"))
    for row in sorted(listed, key=lambda row: (order.index(Role(row.post.role)), row.pk)):
        found.setdefault(row.account_id, row)
    return list(found.values())


def with_steps(rows: SessionQuerySet) -> SessionQuerySet:
    """With what `next_step` looks at; part of the same query."""
    issued = Issue.objects.filter(document=OuterRef("notice__document"), state=Issue.State.ISSUED)
    return rows.select_related("upper__present", "unit__present", "notice__document").annotate(
        has_dossier=Exists(Dossier.objects.filter(session=OuterRef("pk"))),
        has_words=Exists(UnitWord.objects.filter(session=OuterRef("pk"))),
        has_conclusions=Exists(Conclusion.objects.filter(session=OuterRef("pk"))),
        is_given=Exists(issued),
    )


def untold(rows: SessionQuerySet) -> SessionQuerySet:
    """Of these the ones that were held and of which `next_step` still says something."""
    left = Q(state=SessionState.ENDED, has_conclusions=True, is_given=False)
    return with_steps(rows).filter(left)


def next_step(session: Session, on: date) -> str:
    """What the upper unit does next: `dossier`, `hold`, `draft`, `issue`, `give`; '' when nothing is left.

    session: one of `with_steps`.
    """
    seen: Any = session
    if session.state == SessionState.PLANNED:
        return "hold" if session.day <= on else "" if seen.has_dossier else "dossier"
    if session.state == SessionState.CANCELLED or not seen.has_conclusions:
        return ""
    draft = session.notice
    if draft is None or draft.state == DraftState.DROPPED:
        return "draft"
    if draft.document is None:
        return "issue"
    return "" if seen.is_given else "give"

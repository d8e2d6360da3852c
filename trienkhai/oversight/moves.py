"""Subjects to be held, recommendations and questions to be answered and open matters of a unit that ends go to its
successor; what is done stays where it was done."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, numbered
from trienkhai.oversight.models import Matter, Plan, Question, Recommendation, Subject, SubjectState

PLANNED = SubjectState.PLANNED


def _plans(ending: Ending) -> QuerySet[Plan]:
    """With anything left to do: a subject to be held, a recommendation without an answer."""
    left = Plan.objects.filter(unit=ending.unit, subjects__state=PLANNED)
    waiting = Plan.objects.filter(unit=ending.unit, subjects__recommendations__outcome="")
    return Plan.objects.filter(pk__in=left.union(waiting).values_list("pk", flat=True))


def _addressed(ending: Ending) -> QuerySet[Subject]:
    return Subject.objects.filter(addressee=ending.unit, state=PLANNED)


def _unanswered(ending: Ending) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(answers_by=ending.unit).unanswered()


def _matters(ending: Ending) -> QuerySet[Matter]:
    return Matter.objects.filter(unit=ending.unit).undone()


def _questions(ending: Ending) -> QuerySet[Question]:
    return Question.objects.filter(unit=ending.unit, answered_on=None)


GOES_ON = (CONTINUE, DIVIDE, UP)
PLANS = Kind(
    "oversight_plans",
    gettext_lazy("plans of supervision with work left"),
    GOES_ON,
    _plans,
    words=lambda row: numbered(row, kind=str(row.year)),
)
ADDRESSED = Kind(
    "oversight_subjects",
    gettext_lazy("subjects of supervision by which it is addressed"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _addressed,
    words=lambda row: numbered(row, row.planned_on, row.get_kind_display()),
)
UNANSWERED = Kind(
    "recommendations",
    gettext_lazy("recommendations to be answered"),
    GOES_ON,
    _unanswered,
    words=lambda row: numbered(row, row.made_on),
)
MATTERS = Kind(
    "matters",
    pgettext_lazy("democracy", "open matters of democracy at the grassroots"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _matters,
    words=lambda row: numbered(row, row.due_on, row.get_kind_display()),
)
QUESTIONS = Kind(
    "questions",
    gettext_lazy("questions of the grassroots to be answered"),
    GOES_ON,
    _questions,
    words=lambda row: numbered(row, row.asked_on),
)


def _hand_on(kind: Kind, ending: Ending, hand: Callable[[Unit, list[int]], object]) -> None:
    list(kind.rows(ending).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    for heir, ids in kind.shares(ending):
        hand(heir, ids)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    if ADDRESSED.closes(ending):
        journal.update(_addressed(ending), state=SubjectState.DROPPED, reason=str(_("The unit ended.")))
    if MATTERS.closes(ending):
        journal.update(_matters(ending), dropped=str(_("The unit ended.")))
    _hand_on(PLANS, ending, lambda heir, ids: journal.update(Plan.objects.filter(pk__in=ids), unit=heir))
    _hand_on(
        ADDRESSED,
        ending,
        lambda heir, ids: journal.update(Subject.objects.filter(pk__in=ids), addressee=heir, post=None),
    )
    _hand_on(
        UNANSWERED,
        ending,
        lambda heir, ids: journal.update(Recommendation.objects.filter(pk__in=ids), answers_by=heir),
    )
    _hand_on(MATTERS, ending, _hand_matters)
    _hand_on(QUESTIONS, ending, lambda heir, ids: journal.update(Question.objects.filter(pk__in=ids), unit=heir))


def _hand_matters(heir: Unit, ids: list[int]) -> None:
    """What stands on the successor's list word for word for the same day is not listed twice."""
    known = set(Matter.objects.filter(unit=heir).values_list("kind", "title", "due_on"))
    rows = Matter.objects.filter(pk__in=ids).values_list("pk", "kind", "title", "due_on")
    twice = [pk for pk, *line in rows if tuple(line) in known]
    journal.update(
        Matter.objects.filter(pk__in=twice), dropped=str(_("Stands on the list of %(unit)s.") % {"unit": heir})
    )
    journal.update(Matter.objects.filter(pk__in=set(ids) - set(twice)), unit=heir)


carrier = Carrier("oversight", kinds=(PLANS, ADDRESSED, UNANSWERED, MATTERS, QUESTIONS), carry_ending=_carry_ending)

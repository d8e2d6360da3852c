"""What waits for a person: subjects to be held, recommendations and questions to be answered, matters to be done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Holding, Role
from trienkhai.oversight import rules
from trienkhai.oversight.models import Matter, Question, Recommendation, Subject, SubjectState
from trienkhai.oversight.norms import shown_days
from trienkhai.people.models import Account

MOST = 30


@dataclass(frozen=True)
class Row:
    """One line in the queue of work: its words, day, and the one next act with its page."""

    title: str
    sub: str
    due_on: date
    act: str
    url: str

    @property
    def has_due_day(self) -> bool:
        return self.due_on != OPEN_END


def rows_waiting(account: Account, on: date) -> list[Row]:
    """By day. At most seven queries, none for whoever holds no post that answers here."""
    mass = rules.units_of(account, on, Role.MASS)
    answering = rules.units_of(account, on, *rules.ANSWERERS)
    keeping = rules.units_of(account, on, *rules.KEEPERS)
    soon = on + timedelta(days=shown_days(on)) if mass or keeping else on
    rows = [
        *(_subjects(mass, soon) if mass else []),
        *(_recommendations(account, answering, on) if answering else []),
        *(_questions(answering) if answering else []),
        *(_matters(keeping, soon) if keeping else []),
    ]
    return sorted(rows, key=lambda row: (row.due_on, row.title))[:MOST]


def _subjects(units: set[int], soon: date) -> list[Row]:
    found = Subject.objects.filter(plan__unit__in=units, state=SubjectState.PLANNED, planned_on__lte=soon)
    found = found.exclude(plan__announced_on=None).select_related("addressee__present", "post", "plan")
    said = _("Tell what was found")
    return [
        Row(row.title, row.addressed, row.planned_on, said, reverse("oversight:held", args=[row.pk]))
        for row in found.order_by("planned_on", "pk")[:MOST]
    ]


def _recommendations(account: Account, units: set[int], on: date) -> list[Row]:
    """Those to a post wait for its holder and for leaders of the unit; where another unit answers or nobody holds the
    post, for the unit."""
    unanswered = Recommendation.objects.filter(answers_by__in=units).unanswered()
    if not unanswered.exists():
        return []
    leading = rules.units_of(account, on, Role.LEADER)
    posts = Holding.objects.on(on).filter(account=account).values("post")
    mine = Q(subject__post=None) | Q(answers_by__in=leading) | Q(subject__post__in=posts)
    mine |= ~Q(answers_by=F("subject__addressee"))
    mine |= Q(~Exists(rules.held_posts(on).filter(post=OuterRef("subject__post"))))
    said = _("Answer the recommendation")
    return [
        Row(str(row), row.subject.title, row.due_on, said, reverse("oversight:reply", args=[row.pk]))
        for row in unanswered.filter(mine).select_related("subject").order_by("due_on", "pk")[:MOST]
    ]


def _questions(units: set[int]) -> list[Row]:
    found = Question.objects.filter(unit__in=units, answered_on=None).select_related("unit__present")
    said = _("Answer the question")
    return [
        Row(str(row), row.unit.short_name, row.due_on, said, reverse("oversight:question_answer", args=[row.pk]))
        for row in found.order_by("due_on", "pk")[:MOST]
    ]


def _matters(units: set[int], soon: date) -> list[Row]:
    found = Matter.objects.filter(unit__in=units, due_on__lte=soon).undone().select_related("unit__present")
    said = _("Add proof")
    return [
        Row(
            row.title,
            f"{row.get_kind_display()} · {row.unit.short_name}",
            row.due_on,
            said,
            reverse("oversight:proof_add", args=[row.pk]),
        )
        for row in found.order_by("due_on", "pk")[:MOST]
    ]

"""Who may see an assignment, and why; and which documents are seen because of work. As `rules` and `sources` say."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document
from trienkhai.orgs.explaining import Kind, Way, at_units, reaching
from trienkhai.orgs.models import Span
from trienkhai.orgs.rules import BRANCH_READERS
from trienkhai.tasks.models import Assignment, CoordinationPaper, Opinion, Share, ShareKind, Tally, Task
from trienkhai.tasks.rules import visible_assignments

KIND = Kind(
    name="nhiem-vu",
    label=_("Task"),
    things=lambda: Assignment.objects.select_related("task__assigner__present", "held_by__present"),
    title=lambda assignment: assignment.task.title,
    url=lambda assignment: reverse("tasks:assignment", args=[assignment.pk]),
    owners=lambda assignment: [assignment.held_by, assignment.task.assigner],
    visible=visible_assignments,
)


def ways(assignment: Assignment, on: date) -> Iterator[Way]:
    shares = Share.objects.filter(task=assignment.task_id)
    parts, watches = (shares.filter(kind=kind).values("unit") for kind in (ShareKind.PART, ShareKind.WATCH))
    held_by, assigner = assignment.held_by, assignment.task.assigner_id
    yield Way(_("the unit that holds the task stands in the reach of the post"), reaching(on, [held_by]))
    yield Way(_("the unit gave the task"), at_units(on, [assigner], BRANCH_READERS))
    yield Way(_("the unit has a part in the task"), at_units(on, parts))
    yield Way(_("the unit follows the task"), at_units(on, watches))


def ways_to_document(document: Document, on: date) -> Iterator[Way]:
    """Work that came from a document gives sight of it."""
    given = Task.objects.filter(document=document).values("pk")
    held = Assignment.objects.filter(task__in=given).values("held_by")
    shares = Share.objects.filter(task__in=given).values("unit")
    counted = Tally.objects.filter(task__in=given).values("unit")
    below = at_units(on, counted, BRANCH_READERS).filter(post__reach=Span.BRANCH)
    asked = Opinion.objects.filter(document=document, withdrawn_on=None).values("asked")
    partners = CoordinationPaper.objects.filter(document=document).values("partnership__partner")
    yield Way(_("the unit holds a task of the document"), at_units(on, held))
    yield Way(_("the unit has a part in a task of the document, or follows one"), at_units(on, shares))
    yield Way(_("a task of the document was given by the unit or is held below it"), below)
    yield Way(_("the unit was asked for its opinion on the document"), at_units(on, asked))
    yield Way(_("it is a paper of co-ordination with the unit"), at_units(on, partners))

"""What leaves with a document that is locked away: the words of calls, the notices that name its tasks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.models import Act
from trienkhai.documents.models import Document
from trienkhai.notices.actions import take_back_leading_to
from trienkhai.tasks.models import Assignment
from trienkhai.urging.ladder import To
from trienkhai.urging.models import Call

NAMING = (*(f"urge_{to}" for to in To), "silent", "urged")
"""Kinds of notice that name one task; those of several name their number alone."""


def remove_words(document: Document) -> dict[str, list[int]]:
    """Empty what was said to urge the work of a document that is locked away, and forget notices that name it; ids of
    the acts of the calls.

    Tasks were emptied before, and are known by having no document any more; those of earlier times are empty already.
    """
    emptied = Assignment.objects.filter(task__document=None)
    calls = Call.objects.filter(assignment__in=emptied)
    acts = sorted(set(calls.values_list("act", flat=True)))
    calls.update(text=_("(withdrawn, secret document)"))
    take_back_leading_to(
        (reverse("tasks:assignment", args=[pk]) for pk in emptied.values_list("pk", flat=True)), NAMING
    )
    return {Act._meta.label_lower: acts}

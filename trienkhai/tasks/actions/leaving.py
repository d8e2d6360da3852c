"""What becomes of work when the document it comes from is locked away."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import remove_files
from trienkhai.documents.models import Document, Draft, StoredFile
from trienkhai.tasks import ledger
from trienkhai.tasks.models import (
    Assignment,
    Evidence,
    Issue,
    ProgressReport,
    Request,
    Share,
    State,
    StateSpan,
    Tally,
    Task,
    Wait,
)


@transaction.atomic
def remove_work(document: Document) -> dict[str, list[int]]:
    """Delete what was prepared from a document that is locked away, and empty what was issued and wholly withdrawn.

    Part of the caller's transaction, in which the document is locked. Withdrawn rows stay, so that their history and
    past sheets hold, with a neutral title and without the words of anybody; they are counted nowhere.
    Returns the ids by table, of bulk acts too. Raises Refused while any of the work is open or done.
    """
    drafts = _drafts_of_clauses(document)
    issues = _locked(Issue.objects.filter(document=document))
    tasks = _locked(Task.objects.filter(document=document))
    held = _withdrawn(tasks)
    shares = list(Share.objects.filter(task__in=tasks).values_list("pk", flat=True))
    touched = {Draft: drafts, Issue: issues, Task: tasks, Assignment: held, Share: shares, Act: _bulk_acts(held)}
    Issue.objects.filter(pk__in=issues).exclude(state=Issue.State.ISSUED).delete()
    Task.objects.filter(pk__in=tasks, issued_on=None).delete()
    _empty(issues, tasks, _("(withdrawn, secret document)"))
    ProgressReport.objects.filter(confirmed_in=document).update(confirmed_in=None)
    return {model._meta.label_lower: ids for model, ids in touched.items()}


def _drafts_of_clauses(document: Document) -> list[int]:
    """Delete the programmes still being written of its clauses, whose words they hold."""
    rows = Draft.objects.filter(concretising__document=document, document=None)
    ids = list(rows.values_list("pk", flat=True))
    rows.delete()
    return ids


def _locked(rows: models.QuerySet) -> list[int]:
    return list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _withdrawn(tasks: list[int]) -> list[int]:
    """The assignments of these tasks, locked, when every one is withdrawn."""
    rows = Assignment.objects.filter(task__in=tasks)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    given = rows.exclude(state=State.WITHDRAWN)
    if not given.exists():
        ledger.lock_many(ids)
    if given.exists():
        raise Refused(_("Tasks were issued from this document; they have to be withdrawn first."))
    return ids


def _bulk_acts(assignments: list[int]) -> list[int]:
    """Acts on many assignments at once, some of them these: they have no target by which they could be found."""
    through = StateSpan.objects.filter(assignment__in=assignments).values("act")
    last = Assignment.objects.filter(pk__in=assignments).values("act")
    rows = Act.objects.filter(Q(pk__in=through) | Q(pk__in=last), target_type="")
    return list(rows.values_list("pk", flat=True))


def _empty(issues: list[int], tasks: list[int], words: str) -> None:
    proofs = Evidence.objects.filter(report__assignment__task__in=tasks)
    files = list(StoredFile.objects.filter(pk__in=proofs.values("file")))
    proofs.delete()
    remove_files(files)
    reports = ProgressReport.objects.filter(assignment__task__in=tasks)
    reports.update(text=words, bottleneck="", proposal="", decision="")
    Request.objects.filter(assignment__task__in=tasks).update(reason=words, answer="")
    Share.objects.filter(task__in=tasks).update(text="", answer="")
    waits = Wait.objects.filter(assignment__task__in=tasks)
    waits.update(what=words, answer="")
    waits.exclude(body="").update(body=words)
    Tally.objects.filter(task__in=tasks).delete()
    blank = dict.fromkeys(("product", "work_area", "lead_words", "coordinating_words", "due_words", "quote"), "")
    unread = dict.fromkeys(("document", "proposed", "start", "end", "next_on"))
    Task.objects.filter(pk__in=tasks).update(title=words, search_text="", doubts=[], **blank, **unread)
    Issue.objects.filter(pk__in=issues).update(document=None, returned_reason="")

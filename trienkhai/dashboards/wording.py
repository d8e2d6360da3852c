"""What each verb of the log says in words, by groups, and how old and new values are written."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trienkhai.audit.models import Act
from trienkhai.conduct import wording as conduct
from trienkhai.dissemination import wording as dissemination
from trienkhai.evaluation import wording as evaluation
from trienkhai.feedback import wording as feedback
from trienkhai.indicators import wording as indicators
from trienkhai.inspections import wording as inspections
from trienkhai.meetings import wording as meetings
from trienkhai.orgs import wording as orgs
from trienkhai.orgs import wording_accounts as accounts
from trienkhai.orgs import wording_comparing as comparing
from trienkhai.orgs import wording_reorganising as reorganising
from trienkhai.orgs import wording_roster as roster
from trienkhai.oversight import wording as oversight
from trienkhai.reports import wording as reports
from trienkhai.tasks import wording as tasks
from trienkhai.urging import wording as urging
from trienkhai.worksessions import wording as worksessions


@dataclass(frozen=True)
class Group:
    """Verbs that a reader asks for together; `starts` are the first words of their names."""

    name: str
    label: str | Promise
    starts: tuple[str, ...]


PAPERS = (
    "document.",
    "register.",
    "number.",
    "entry.",
    "slip.",
    "file.",
    "dossier.",
    "draft.",
    "template.",
    "phrase.",
)
UPKEEP = ("account.", "review.", "mail.", "calendar.", "norm.", "norms.", "act.", "site.")
GROUPS = (
    Group("giao", gettext_lazy("Giving tasks"), ("issue.", "task.", "concretising.", "programme.", "item.", "focus.")),
    Group(
        "thuc-hien",
        gettext_lazy("Carrying out and approving"),
        (
            "assignment.",
            "assignments.",
            "report.",
            "request.",
            "part.",
            "wait.",
            "partnership.",
            "opinion.",
            "sheets.",
            "sheet.",
            "urging.",
            "job.",
        ),
    ),
    Group("chi-tieu", gettext_lazy("Indicators"), ("indicator.", "indicators.", "target.", "value.", "weight.")),
    Group("van-ban", gettext_lazy("Documents"), PAPERS),
    Group("quan-triet", gettext_lazy("Sending down and study"), ("sending.", "receipt.", "study.", "session.")),
    Group("hop", gettext_lazy("Meetings"), ("meeting.", "score.", "worksession.")),
    Group("kiem-tra", gettext_lazy("Inspection"), ("inspection.", "inspection_programme.")),
    Group("giam-sat", gettext_lazy("Supervision, democracy"), ("oversight.", "democracy.")),
    Group("neu-guong", gettext_lazy("Setting an example"), ("conduct.",)),
    Group("danh-gia", gettext_lazy("Evaluation and commendation"), ("evaluation.", "commendation.")),
    Group("bao-cao", gettext_lazy("Period reports"), ("form.", "period.", "period_report.")),
    Group("y-kien", gettext_lazy("Voice from below"), ("proposal.", "remark.", "letter.", "letters.", "consultation.")),
    Group(
        "to-chuc",
        gettext_lazy("Units and posts"),
        (
            "unit.",
            "units.",
            "post.",
            "posts.",
            "term.",
            "body.",
            "reorganisation.",
            "comparison.",
            "training.",
            "members.",
            "roster.",
        ),
    ),
    Group("tai-khoan", gettext_lazy("Accounts and upkeep"), UPKEEP),
)

OF_AREAS = (
    orgs.SENTENCES
    | accounts.SENTENCES
    | reorganising.SENTENCES
    | comparing.SENTENCES
    | roster.SENTENCES
    | dissemination.SENTENCES
    | tasks.SENTENCES
    | indicators.SENTENCES
    | reports.SENTENCES
    | feedback.SENTENCES
    | urging.SENTENCES
    | meetings.SENTENCES
    | inspections.SENTENCES
    | worksessions.SENTENCES
    | evaluation.SENTENCES
    | oversight.SENTENCES
    | conduct.SENTENCES
)
SENTENCES: dict[str, str | Promise] = OF_AREAS | {
    "document.registered": gettext_lazy("registered the document"),
    "document.corrected": gettext_lazy("corrected the document's details"),
    "document.changed": gettext_lazy("changed the document's details"),
    "document.quarantined": gettext_lazy("quarantined a document"),
    "document.recognised": gettext_lazy("recognised the letters of a scanned document"),
    "document.phrase_added": gettext_lazy("taught the reader a word"),
    "document.phrase_removed": gettext_lazy("took a word away from the reader"),
    "document.link_added": gettext_lazy("added a relation of the document"),
    "document.link_corrected": gettext_lazy("corrected a relation of the document"),
    "document.link_removed": gettext_lazy("removed a relation of the document"),
    "document.force_set": gettext_lazy("set the days in which the document is in force"),
    "file.added": gettext_lazy("added a file to the document"),
    "dossier.opened": gettext_lazy("opened the dossier"),
    "dossier.changed": gettext_lazy("changed the dossier"),
    "dossier.document_put": gettext_lazy("put a document into the dossier"),
    "dossier.document_taken_out": gettext_lazy("took a document out of the dossier"),
    "dossier.closed": gettext_lazy("closed the dossier"),
    "dossier.reopened": gettext_lazy("opened the dossier again"),
    "dossier.handed_over": gettext_lazy("handed dossiers over to the archive"),
    "document.entered": gettext_lazy("entered a document in the book"),
    "document.sent": gettext_lazy("sent a document by the exchange axis"),
    "document.asked_back": gettext_lazy("asked a document back that was sent"),
    "document.state_told": gettext_lazy("told the sender how far a document is"),
    "document.state_heard": gettext_lazy("told how far a document is that was sent from here"),
    "document.recall_asked": gettext_lazy("asked a document back"),
    "document.recall_answered": gettext_lazy("answered who asked a document back"),
    "register.imported": gettext_lazy("brought an old book in"),
    "document.withdrawn": gettext_lazy("recorded that a document was withdrawn"),
    "number.cancelled": gettext_lazy("cancelled a number of the book"),
    "number.reserved": gettext_lazy("reserved a number of the book"),
    "number.explained": gettext_lazy("accounted for missing numbers of the book"),
    "entry.changed": gettext_lazy("changed a line of the book"),
    "entry.handed_over": gettext_lazy("sent a document on"),
    "entry.handled": gettext_lazy("handled a document"),
    "slip.given": gettext_lazy("handed a document over"),
    "slip.passed_on": gettext_lazy("passed a document on within the unit"),
    "slip.received": gettext_lazy("received a document handed over"),
    "slip.returned": gettext_lazy("returned a document handed over"),
    "slip.done": gettext_lazy("handled a document handed over"),
    "document.published": gettext_lazy("changed who sees the document"),
    "draft.begun": gettext_lazy("began a draft"),
    "draft.changed": gettext_lazy("changed the draft"),
    "draft.dropped": gettext_lazy("put the draft aside"),
    "draft.finished": gettext_lazy("issued the draft as a document"),
    "template.stored": gettext_lazy("stored a template of the office"),
    "template.removed": gettext_lazy("removed a template of the office"),
    "units.established": gettext_lazy("founded units"),
    "units.imported": gettext_lazy("imported units"),
    "unit.changed": gettext_lazy("changed the unit"),
    "unit.moved": gettext_lazy("moved the unit"),
    "unit.ended": gettext_lazy("ended the unit"),
    "unit.parted": gettext_lazy("gave a part to others of the unit"),
    "reorganisation.taken_back": gettext_lazy("took a reorganisation back"),
    "term.set": gettext_lazy("set the term of office"),
    "post.created": gettext_lazy("created the post"),
    "post.given": gettext_lazy("gave the post"),
    "post.delegated": gettext_lazy("delegated the post"),
    "post.ended": gettext_lazy("ended the holding of the post"),
    "body.resolved": gettext_lazy("settled what a named body means"),
    "posts.established": gettext_lazy("created posts"),
    "mail.choice_set": gettext_lazy("chose what comes by e-mail"),
    "mail.unsubscribed": gettext_lazy("ended the e-mails"),
    "calendar.made": gettext_lazy("made the address of a calendar"),
    "calendar.renewed": gettext_lazy("renewed the address of a calendar"),
    "calendar.revoked": gettext_lazy("ended the address of a calendar"),
    "act.detail_erased": gettext_lazy("erased a personal value"),
    "sheet.issued": gettext_lazy("issued the sheet no."),
}

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "short_name": gettext_lazy("Short name"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Until before"),
    "code": gettext_lazy("Code"),
    "kind": gettext_lazy("Kind"),
    "sector": gettext_lazy("Sector"),
    "relation": gettext_lazy("Relation"),
    "parent": gettext_lazy("Unit above"),
    "reason": gettext_lazy("Reason"),
    "percent": gettext_lazy("Percent"),
    "selection": gettext_lazy("Recipients"),
    "tasks": gettext_lazy("Tasks"),
    "title": gettext_lazy("Title"),
    "product": gettext_lazy("Product"),
    "due_on": gettext_lazy("Due day"),
    "goal": gettext_lazy("Goal"),
    "owner": gettext_lazy("Owner"),
    "rhythm": gettext_lazy("Reviewed"),
    "valid_from": gettext_lazy("From day"),
    "valid_to": gettext_lazy("Until before"),
    "next_on": gettext_lazy("Next review"),
    "version": gettext_lazy("Version"),
    "programme": gettext_lazy("Programme, record no."),
    "issue": gettext_lazy("Sheet of tasks, record no."),
    "kept": gettext_lazy("Parts that go on"),
    "role": gettext_lazy("Role"),
    "reach": gettext_lazy("Reach"),
    "late": gettext_lazy("Late"),
    "occurrence": gettext_lazy("Period"),
    "doc_type": gettext_lazy("Type"),
    "number": gettext_lazy("Number"),
    "symbol": gettext_lazy("Symbol"),
    "issuer_name": gettext_lazy("Issuer"),
    "place": gettext_lazy("Place"),
    "issued_on": gettext_lazy("Date"),
    "signer_name": gettext_lazy("Signer"),
    "signer_role": gettext_lazy("Signer's office"),
    "urgency": gettext_lazy("Urgency"),
    "book": gettext_lazy("Book"),
    "file": gettext_lazy("File"),
    "cited": gettext_lazy("Document cited"),
    "document": gettext_lazy("Number of the document here"),
    "old_number": gettext_lazy("Number before"),
    "recipient": gettext_lazy("Recipient"),
    "drafted_by": gettext_lazy("Drafted by"),
    "copy_kept_by": gettext_lazy("Kept copy with"),
    "copies": gettext_lazy("Copies"),
    "note": pgettext_lazy("book", "Remark"),
    "deliver_by": gettext_lazy("To be there by"),
    "leader": gettext_lazy("Instruction by"),
    "to": gettext_lazy("Handed over to"),
    "answer": gettext_lazy("Answer"),
    "steps": gettext_lazy("Steps"),
    "ladder": gettext_lazy("Ladder"),
    "left_out": gettext_lazy("Left out"),
    "covered": gettext_lazy("Covered by an issued task"),
    "reopens": gettext_lazy("Gets the new version"),
    "reopened": gettext_lazy("Those chosen to get the new version"),
    "finish_by": gettext_lazy("To be finished by"),
    "starts_at": gettext_lazy("Begins"),
    "holds_from": gettext_lazy("Holds from"),
    "sheet": gettext_lazy("Sheet"),
    "digest": gettext_lazy("SHA-256"),
    "cut_day": gettext_lazy("Figures are cut off on day"),
    "cut_months": gettext_lazy("Month of the cut-off"),
    "due_day": gettext_lazy("To be sent by day"),
    "due_months": gettext_lazy("Month of the due day"),
    "moves": gettext_lazy("A due day on a day off moves"),
    "answer_rule": gettext_lazy("Reports go"),
    "form": gettext_lazy("Form"),
    "use": gettext_lazy("What it is"),
    "on": gettext_lazy("Day"),
    "bulk": gettext_lazy("Together with others"),
    "state": gettext_lazy("State"),
    "report": gettext_lazy("Report, record no."),
    "request": gettext_lazy("Request, record no."),
    "act": gettext_lazy("Act, record no."),
    "wait": gettext_lazy("Wait, record no."),
    "unit": gettext_lazy("Unit"),
    "until": gettext_lazy("Until"),
    "partner": gettext_lazy("Partner"),
    "asked": gettext_lazy("Asked of"),
    "last_day": gettext_lazy("Last day"),
    "key": gettext_lazy("Item"),
    "retention": gettext_lazy("Kept for"),
    "copied": gettext_lazy("Begun from draft no."),
    "outcome": gettext_lazy("Answer"),
    "sender": gettext_lazy("Sender"),
    "sender_digest": gettext_lazy("Digest of the sender"),
    "reason_digest": gettext_lazy("Digest of the reason"),
    "answer_digest": gettext_lazy("Digest of the answer"),
    "recipient_digest": gettext_lazy("Digest of the recipient"),
}


def words_of(act: Act) -> str:
    """What was done, without who and to what; a verb without words of its own is shown as it is."""
    return str(SENTENCES.get(act.verb, act.verb))


def sentence(act: Act) -> str:
    """What was done to what; for a bulk act to how many and by which selection."""
    words = words_of(act)
    if act.selection and not act.target_type:
        many = ngettext("%(n)s row", "%(n)s rows", act.count) % {"n": f"{act.count:,}".replace(",", ".")}
        return f"{words}: {many} ({act.selection})"
    if act.count > 1:
        words += f" ({act.count:,})".replace(",", ".")
    return f"{words}: {act.target_label}" if act.target_label else words


@dataclass(frozen=True)
class Value:
    """One line of the detail of an act: old is None where there was nothing before."""

    label: str
    old: str | None
    new: str


def values_of(act: Act) -> list[Value]:
    """Old and new values side by side, then what else the act keeps, in the order it was written."""
    data = dict(act.data)
    old, new = data.pop("old", None), data.pop("new", None)
    if isinstance(old, dict) or isinstance(new, dict):
        before, after = old or {}, new or {}
        pairs = [Value(label(key), _text(before.get(key)), _text(after.get(key)) or "") for key in (before | after)]
    elif old is not None or new is not None:
        pairs = [Value(_("Value"), _text(old), _text(new) or "")]
    else:
        pairs = []
    return pairs + [
        Value(label(key), None, _text(value) or "") for key, value in data.items() if value not in ("", None)
    ]


def label(key: str) -> str:
    return str(FIELDS.get(key, key))


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)

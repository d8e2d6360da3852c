"""What was read from a document, turned into draft tasks of one office: who leads, who co-ordinates, when it is due.

Nothing is guessed. A name that is not known, a deadline that gives no day, several leads for one product: each becomes a doubt,
a sentence for the person who prepares the tasks.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Clause, DocumentText
from trienkhai.documents.reader import split_bodies
from trienkhai.documents.reader.deadlines import due_rule, first_due
from trienkhai.norms.queries import days_off, value
from trienkhai.orgs.models import Unit
from trienkhai.orgs.naming import Namer, Resolution
from trienkhai.tasks.models import Mode


def doubt_sentence(doubt: dict[str, str]) -> str:
    """A stored doubt in the words of the reader's language."""
    words = doubt.get("words", "")
    sentences = {
        "no_lead": _("The text names no lead."),
        "several_leads": _(
            "Several bodies are named to lead one product: the first is proposed, the others co-ordinate."
        ),
        "mixed_leads": _("Single bodies and a group are named to lead: each would lead its own part."),
        "not_matched": _("Not matched to any unit: “%(words)s”.") % {"words": words},
        "undetermined": _("“%(words)s” does not say who is meant.") % {"words": words},
        "coordinator_not_matched": _("Co-ordinating body not matched: “%(words)s”.") % {"words": words},
        "no_day": _("No day follows from “%(words)s”.") % {"words": words},
        "before_issue": _("The day that follows from “%(words)s” lies before the day of issue.") % {"words": words},
        "few_dates": _("“%(words)s” names several days: only the first is set.") % {"words": words},
    }
    return sentences[doubt["code"]]


@dataclass(frozen=True)
class Bodies:
    """The mentions of one phrase, each with whom it came to."""

    found: list[Resolution]

    @property
    def known(self) -> list[Resolution]:
        return [one for one in self.found if one.selection]

    @property
    def unknown(self) -> list[Resolution]:
        return [one for one in self.found if not one.selection]

    @property
    def has_group(self) -> bool:
        return any(one.is_group for one in self.known)

    @property
    def selection(self) -> str:
        return " + ".join(dict.fromkeys(one.selection for one in self.known))


def bodies_of(words: str, namer: Namer) -> Bodies:
    """The whole phrase when it is known as it stands, else each body named in it."""
    whole = namer.resolve(words)
    if whole.how:
        return Bodies([whole])
    return Bodies([namer.resolve(mention.text) for mention in split_bodies(words)] or [whole])


def propose(text: DocumentText, office: Unit, on: date) -> list[dict[str, Any]]:
    """Draft tasks for `tasks.actions.prepare_issue`, in the order of the text.

    on: the day of issue; day counts run from the document's date, or from `on` when it has none.
    """
    namer = Namer(office, on)
    origin = text.document.issued_on or on
    off = days_off(origin, origin + timedelta(days=800))
    before = bool(value("due_before_means_day_itself", on=origin, place=office.path or "", default=False))
    clauses = list(Clause.objects.filter(text=text).order_by("-depth"))
    return [_proposal(row, namer, clauses, Calendar(origin, on, off, before)) for row in text.reading.get("tasks", [])]


@dataclass(frozen=True)
class Calendar:
    """What due days follow from: the document's date, the day of issue, days off, the office's reading of 'trước ngày'."""

    origin: date
    on: date
    off: Any
    before_means_day: bool


def _proposal(row: dict[str, Any], namer: Namer, clauses: list[Clause], calendar: Calendar) -> dict[str, Any]:
    title, lead_words = row["text"], row.get("lead") or ""
    coordinating = row.get("coordinating") or []
    proposal: dict[str, Any] = {
        "title": title[:1000],
        "product": (row.get("product") or "")[:500],
        "lead_words": lead_words[:500],
        "coordinating_words": "; ".join(coordinating)[:1000],
        "quote": row.get("quote") or title,
        "start": row.get("start"),
        "end": row.get("end"),
        "clauses": _clauses_at(row, clauses),
    }
    doubts = _lead(proposal, lead_words, coordinating, namer) + _due(proposal, row.get("deadline") or "", calendar)
    return proposal | {"doubts": doubts}


def _clauses_at(row: dict[str, Any], deepest_first: list[Clause]) -> list[int]:
    """The deepest clause that holds the words, as a list of its id."""
    start = row.get("start")
    found = (clause.pk for clause in deepest_first if start is not None and clause.start <= start < clause.end)
    return [pk for pk in [next(found, None)] if pk]


def _lead(proposal: dict[str, Any], words: str, coordinating: list[str], namer: Namer) -> list[dict[str, str]]:
    """Mode, lead and co-ordinators. A group makes it *each*; several named bodies make it *joint* with the first in the lead."""
    leads = bodies_of(words, namer) if words else Bodies([])
    helpers = Bodies([one for piece in coordinating for one in bodies_of(piece, namer).found])
    doubts = [
        {"code": one.how if one.how == "undetermined" else "not_matched", "words": one.words} for one in leads.unknown
    ]
    doubts += [{"code": "coordinator_not_matched", "words": one.words} for one in helpers.unknown]
    if not words:
        doubts.append({"code": "no_lead"})
    others = [one.selection for one in helpers.known]
    if leads.has_group:
        proposal |= {"mode": Mode.EACH, "selection": leads.selection}
        if len(leads.known) > 1:
            doubts.append({"code": "mixed_leads"})
    elif leads.found and leads.found[0].selection:
        proposal |= {"mode": Mode.JOINT, "selection": leads.found[0].selection}
        others = [one.selection for one in leads.known[1:]] + others
        if len(leads.found) > 1:
            doubts.append({"code": "several_leads"})
    proposal["coordinating_selection"] = " + ".join(dict.fromkeys(others))[:1000]
    return doubts


def _due(proposal: dict[str, Any], words: str, calendar: Calendar) -> list[dict[str, str]]:
    """Due day and recurrence from the words; where none follows the task has no deadline and the words stay in sight."""
    proposal |= {"due_words": words[:300], "due_on": OPEN_END}
    if not words:
        return []
    rule = due_rule(words, origin=calendar.origin, before_means_day=calendar.before_means_day)
    due_on = first_due(rule, origin=calendar.origin, days_off=calendar.off) if rule else None
    if rule is None or due_on is None:
        return [{"code": "no_day", "words": words}]
    if due_on < calendar.on:
        return [{"code": "before_issue", "words": words}]
    proposal |= {"due_on": due_on, "recurrence": rule.recurrence, "due_day": rule.due_day}
    return [{"code": "few_dates", "words": words}] if len(rule.dates) > 1 and not rule.recurrence else []

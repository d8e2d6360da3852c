"""What was read from a document, turned into draft tasks of one office: who leads, who co-ordinates, when it is due.

Nothing is guessed. A name that is not known, a deadline that gives no day, several leads for one product: each becomes
a doubt, a sentence for the person who prepares the tasks.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Clause, DocumentText
from trienkhai.documents.reader import split_bodies
from trienkhai.documents.reader.deadlines import DueRule, due_rule, first_due, next_due
from trienkhai.norms.queries import days_off, value
from trienkhai.orgs.models import Unit
from trienkhai.orgs.naming import Namer, Resolution
from trienkhai.orgs.selection import LONGEST
from trienkhai.tasks.models import Mode, Task
from trienkhai.tasks.queries.concretising import served_by, serving


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
        "coordinator_undetermined": _("“%(words)s” does not say who co-ordinates.") % {"words": words},
        "coordinator_not_matched": _("Co-ordinating body not matched: “%(words)s”.") % {"words": words},
        "too_many": _("More leading bodies are named than one selection holds: “%(words)s”.") % {"words": words},
        "coordinator_too_many": _("More co-ordinating bodies are named than one selection holds: “%(words)s”.")
        % {"words": words},
        "no_day": _("No day follows from “%(words)s”: set it by hand.") % {"words": words},
        "before_issue": _("The day that follows from “%(words)s” lies before the day of issue: set it by hand.")
        % {"words": words},
        "few_dates": _("“%(words)s” names several days: only the first is set.") % {"words": words},
    }
    return sentences[doubt["code"]]


SETTLED_BY = {
    "selection": {"no_lead", "several_leads", "mixed_leads", "not_matched", "undetermined", "too_many"},
    "coordinating_selection": {"coordinator_undetermined", "coordinator_not_matched", "coordinator_too_many"},
    "due_on": {"no_day", "before_issue", "few_dates"},
}


def still_open(doubts: list[dict[str, str]], changed: Iterable[str]) -> list[dict[str, str]]:
    """The doubts that are left when a person has set the fields `changed`."""
    settled = set().union(*(SETTLED_BY.get(name, set()) for name in changed))
    return [doubt for doubt in doubts if doubt["code"] not in settled]


def unmatched_lead(task: Task) -> str:
    """The words of the lead while they, as a whole, name nobody known; '' otherwise."""
    open_codes = {doubt["code"] for doubt in task.doubts if doubt.get("words") == task.lead_words}
    return task.lead_words if open_codes & {"not_matched", "undetermined"} else ""


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
    def is_mixed(self) -> bool:
        """Groups and single bodies side by side."""
        return self.has_group and any(not one.is_group for one in self.known)

    @property
    def selection(self) -> str:
        return joined(self.known)


def joined(found: Iterable[Resolution]) -> str:
    """One selection over all, each named once. Those that leave somebody out come first, since it is read in order."""
    selections = dict.fromkeys(one.selection for one in found)
    return " + ".join(sorted(selections, key=lambda selection: " - " not in selection))


def bodies_of(words: str, namer: Namer) -> Bodies:
    """The whole phrase when it is known as it stands, else each body named in it."""
    whole = namer.resolve(words)
    if whole.how:
        return Bodies([whole])
    return Bodies([namer.resolve(mention.text) for mention in split_bodies(words)] or [whole])


@dataclass(frozen=True)
class Report:
    """The bodies that a text names to lead: to whom each came, and how often those occur that came to nobody."""

    resolved: dict[str, str]
    open: dict[str, int]
    mentions: int

    @property
    def matched(self) -> int:
        return self.mentions - sum(self.open.values())


def report(text: DocumentText, office: Unit, on: date) -> Report:
    """Who leads according to the text, for a person to look over before anything is prepared."""
    namer = Namer(office, on)
    rows = [row["lead"] for row in text.reading.get("tasks", []) if row.get("lead")]
    found = [one for words in rows for one in bodies_of(words, namer).found]
    return Report(
        resolved={one.words: one.selection for one in found if one.selection},
        open=dict(Counter(one.words for one in found if not one.selection)),
        mentions=len(found),
    )


def propose(text: DocumentText, office: Unit, on: date) -> list[dict[str, Any]]:
    """Draft tasks for `tasks.actions.prepare_issue`, in the order of the text.

    on: the day of issue; day counts run from the document's date, or from `on` when it has none.
    """
    namer = Namer(office, on)
    origin = text.document.issued_on or on
    off = days_off(origin, origin + timedelta(days=800))
    before = bool(value("due_before_means_day_itself", on=origin, place=office.path or "", default=False))
    clauses = list(Clause.objects.filter(text=text).order_by("-depth"))
    calendar, known = Calendar(origin, on, off, before), serving(text.document, office)
    rows = text.reading.get("tasks", [])
    return [_proposal(row, namer, clauses, calendar) | {"serves": served_by(row["text"], known)} for row in rows]


@dataclass(frozen=True)
class Calendar:
    """What due days follow from: the document's date, the day of issue, days off, how the office reads 'trước ngày'."""

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
    mode = Mode.JOINT if row.get("mode") == "joint" and lead_words else Mode.EACH
    doubts = _lead(proposal, lead_words, coordinating, namer, mode)
    doubts += _due(proposal, row.get("deadline") or "", calendar)
    return proposal | {"doubts": doubts}


def _clauses_at(row: dict[str, Any], deepest_first: list[Clause]) -> list[int]:
    """The deepest clause that holds the words, as a list of its id."""
    start = row.get("start")
    found = (clause.pk for clause in deepest_first if start is not None and clause.start <= start < clause.end)
    return [pk for pk in [next(found, None)] if pk]


def _lead(
    proposal: dict[str, Any], words: str, coordinating: list[str], namer: Namer, mode: str
) -> list[dict[str, str]]:
    """Mode, lead and co-ordinators. A group makes it *each*; named bodies *joint*, the first in the lead.

    mode: what the reader took from the words, which holds while the lead is not known.
    """
    leads = bodies_of(words, namer) if words else Bodies([])
    helpers = Bodies([one for piece in coordinating for one in bodies_of(piece, namer).found])
    others = helpers.known
    proposal |= {"mode": mode, "selection": ""}
    if leads.has_group:
        proposal |= {"mode": Mode.EACH, "selection": leads.selection}
    elif leads.found:
        first = leads.found[0]
        others = [one for one in leads.known if one is not first] + others
        proposal |= {"selection": first.selection} | ({"mode": Mode.JOINT} if first.selection else {})
    proposal["coordinating_selection"] = joined(one for one in others if one.selection != proposal["selection"])
    doubts = _doubts_of_lead(words, leads) + _not_matched(helpers, "coordinator_")
    return doubts + _too_long(proposal)


def _too_long(proposal: dict[str, Any]) -> list[dict[str, str]]:
    """More bodies than a selection holds: left to a person, since a list cut short would leave somebody out."""
    doubts = []
    for name, words, prefix in (
        ("selection", "lead_words", ""),
        ("coordinating_selection", "coordinating_words", "coordinator_"),
    ):
        if len(proposal[name]) > LONGEST:
            proposal[name] = ""
            doubts.append({"code": f"{prefix}too_many", "words": proposal[words]})
    return doubts


def _doubts_of_lead(words: str, leads: Bodies) -> list[dict[str, str]]:
    doubts = _not_matched(leads)
    if not words:
        doubts.append({"code": "no_lead"})
    elif leads.is_mixed or (leads.has_group and leads.unknown):
        doubts.append({"code": "mixed_leads"})
    elif not leads.has_group and len(leads.found) > 1:
        doubts.append({"code": "several_leads"})
    return doubts


def _not_matched(bodies: Bodies, prefix: str = "") -> list[dict[str, str]]:
    """One doubt for each body that came to nobody, by its words."""
    codes = {one.words: one.how or "not_matched" for one in bodies.unknown}
    return [{"code": prefix + code, "words": words} for words, code in codes.items()]


def _due(proposal: dict[str, Any], words: str, calendar: Calendar) -> list[dict[str, str]]:
    """Due day and recurrence from the words. Where none follows the words stay, and a doubt asks for the day."""
    proposal |= {"due_words": words[:300], "due_on": OPEN_END}
    if not words:
        return []
    rule = due_rule(words, origin=calendar.origin, before_means_day=calendar.before_means_day)
    due_on = _first_from(rule, calendar) if rule else None
    if rule is None or due_on is None:
        return [{"code": "no_day", "words": words}]
    if due_on < calendar.on:
        return [{"code": "before_issue", "words": words}]
    proposal |= {"due_on": due_on, "recurrence": rule.recurrence, "due_day": rule.due_day}
    if rule.recurrence and rule.until:
        proposal["recurs_until"] = max(rule.until, due_on)
    several = len(rule.marks) > 1 if rule.recurrence else len(rule.dates) > 1
    return [{"code": "few_dates", "words": words}] if several else []


def _first_from(rule: DueRule, calendar: Calendar) -> date | None:
    """The first due day; of what recurs, the first from the day of issue on."""
    if rule.kind == "recurring":
        found = next_due(rule, after=calendar.on - timedelta(days=1))
        return found or rule.due_on
    return first_due(rule, origin=calendar.origin, days_off=calendar.off)

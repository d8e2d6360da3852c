"""Does the stored state agree with itself? What `trienkhai check` tells, one plain sentence for each fault."""

import posixpath
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext as _

from trienkhai.audit import triggers
from trienkhai.common.days import add_working_days
from trienkhai.common.paths import WIDTH
from trienkhai.conduct.queries import integrity as conduct
from trienkhai.dashboards.verification_of_life import LIFE, LISTED
from trienkhai.dissemination.queries import integrity as dissemination
from trienkhai.dissemination.queries.integrity import left_with_closed as receipts_left
from trienkhai.documents.models import StoredFile
from trienkhai.documents.queries.earlier_lines import borne_twice
from trienkhai.documents.queries.index import broken_parts, drifted
from trienkhai.documents.queries.integrity import altered
from trienkhai.evaluation.queries import integrity as evaluation
from trienkhai.indicators.models import Indicator
from trienkhai.indicators.queries.integrity import broken_chains
from trienkhai.indicators.queries.steps import climbed_steps
from trienkhai.inspections.queries import integrity as inspections
from trienkhai.meetings.queries import integrity as meetings
from trienkhai.norms import soundness
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import days_off
from trienkhai.notices.queries import troubled_digests
from trienkhai.orgs.models import Holding, Manner, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import names_of
from trienkhai.orgs.queries_roster import stray_names, wrong_numbers
from trienkhai.oversight.queries import integrity as oversight
from trienkhai.reports.models import ReportForm
from trienkhai.reports.queries import integrity as reports
from trienkhai.reports.queries.forms import unopened
from trienkhai.tasks.ending import left_with_closed as work_left
from trienkhai.tasks.models import Assignment, Issue, ProgressReport, State
from trienkhai.tasks.queries.closed import altered_issues, altered_months
from trienkhai.tasks.queries.vacant import vacant_steps
from trienkhai.tasks.tally import negatives, recount
from trienkhai.urging.models import Run
from trienkhai.worksessions.queries import integrity as worksessions

SAMPLE = 25


def check_site(on: date, *, every_file: bool = False) -> list[str]:
    """Every fault found on the day `on`; an empty list when all agrees. At most twenty sentences a check.

    every_file: compute the SHA-256 of all files, not of a sample.
    """
    found = [sentence for check in CHECKS for sentence in check(on)]
    return found + list(_contents(every_file))


def _tally(on: date) -> Iterator[str]:
    """The counters against a full count of the assignments."""
    for unit, task, due, columns in recount(LISTED):
        pairs = ", ".join(f"{name}: {stored} ≠ {true}" for name, (stored, true) in columns.items())
        yield _("Tally of unit %(unit)s, task %(task)s, due %(due)s: %(pairs)s.") % {
            "unit": unit,
            "task": task,
            "due": due,
            "pairs": pairs,
        }
    if below := negatives():
        yield _("%(n)s tally rows hold a number below zero.") % {"n": below}


def _spans(on: date) -> Iterator[str]:
    """Two versions or two places of one unit in force on one day."""
    for model, words in ((UnitVersion, _("versions")), (UnitPlace, _("places"))):
        other = model._default_manager.filter(
            unit=OuterRef("unit"), valid_from__lt=OuterRef("valid_to"), valid_to__gt=OuterRef("valid_from")
        ).exclude(pk=OuterRef("pk"))
        units = model._default_manager.filter(Exists(other)).values_list("unit", flat=True).distinct()
        for unit in units.order_by("unit")[:LISTED]:
            yield _("Unit %(unit)s has two %(what)s on one day.") % {"unit": unit, "what": words}


def _present(on: date) -> Iterator[str]:
    """`present` points at the last version of the same unit, `path` is that of the last place."""
    last = UnitVersion.objects.filter(unit=OuterRef("pk")).order_by("-valid_from").values("pk")[:1]
    wrong = Unit.objects.alias(last=last).filter(Q(present__isnull=True) | ~Q(present=F("last")))
    for unit in wrong.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("Unit %(unit)s does not point at its last version.") % {"unit": unit}
    place = UnitPlace.objects.filter(unit=OuterRef("pk")).order_by("-valid_from").values("path")[:1]
    astray = Unit.objects.alias(place=place).filter(Q(path__isnull=True) | Q(place__isnull=True) | ~Q(path=F("place")))
    for unit in astray.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("The path of unit %(unit)s is not that of its last place.") % {"unit": unit}


def _paths(on: date) -> Iterator[str]:
    """A path is the parent's path with the unit's own number behind it."""
    own = LPad(Cast("pk", TextField()), WIDTH, Value("0"))
    parent = Func(F("present__parent__path"), Value(""), function="COALESCE", output_field=TextField())
    wrong = Unit.objects.filter(path__isnull=False, present__isnull=False).alias(due=Concat(parent, own))
    for unit in wrong.exclude(path=F("due")).order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("The path of unit %(unit)s does not follow from its parent.") % {"unit": unit}


def _acts(on: date) -> Iterator[str]:
    for name in triggers.missing(connection):
        yield _("The trigger %(name)s that protects what never changes is missing.") % {"name": name}


def _assignments(on: date) -> Iterator[str]:
    """Reports and states that contradict each other, and who answers to nobody that stands above."""
    waiting = ProgressReport.objects.filter(assignment=OuterRef("pk"), state="submitted")
    claimed = Assignment.objects.filter(state=State.SUBMITTED)
    rows = claimed.filter(~Exists(waiting)) | Assignment.objects.exclude(state=State.SUBMITTED).filter(Exists(waiting))
    for row in rows.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("Assignment %(row)s and its report disagree on whether it awaits approval.") % {"row": row}
    undated = Assignment.objects.filter(state__in=(State.SUBMITTED, State.DONE), submitted_on=None)
    for row in undated.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("Assignment %(row)s was reported but bears no day of the report.") % {"row": row}
    drafts = Assignment.objects.exclude(task__issue__state=Issue.State.ISSUED)
    for row in drafts.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("Assignment %(row)s belongs to a task that was not issued.") % {"row": row}


def _steps(on: date) -> Iterator[str]:
    """Steps of approving that nobody owns; what is submitted there goes to the level above."""
    for unit in vacant_steps(Q(path__isnull=False), on)[:LISTED]:
        yield _("Nobody holds a leader's post at %(unit)s, to which open tasks answer.") % {"unit": unit.name}
    for step in climbed_steps(Q(path__isnull=False), on)[:LISTED]:
        if step.led:
            sentence = _("At %(unit)s %(n)s values of indicators can be approved by nobody but the one who told them.")
        else:
            sentence = _("Nobody holds a leader's post at %(unit)s, which approves values of indicators.")
        yield sentence % {"unit": step.unit.name, "n": step.waiting}


def _holdings(on: date) -> Iterator[str]:
    """A delegation lasts no longer than what it is delegated from."""
    rows = Holding.objects.filter(manner=Manner.DELEGATED, valid_to__gt=F("principal__valid_to"))
    for row in rows.order_by("pk").values_list("pk", flat=True)[:LISTED]:
        yield _("Delegation %(row)s lasts longer than the holding it comes from.") % {"row": row}


def _months(on: date) -> Iterator[str]:
    """Month-end sheets against the SHA-256 in the act that stored them."""
    for day in islice(altered_months(), LISTED):
        yield _("The sheets of %(day)s are no longer what was stored: their SHA-256 differs.") % {"day": day}


def _issued(on: date) -> Iterator[str]:
    """Issued sheets against the SHA-256 on them and in the acts that issued them."""
    for label in islice(altered_issues(), LISTED):
        yield _("The issued sheet no. %(sheet)s is no longer what was issued: its SHA-256 differs.") % {"sheet": label}


def _numbers(on: date) -> Iterator[str]:
    """No number of an outgoing book stands on two papers of one type and period."""
    for found in islice(borne_twice(), LISTED):
        series = found.later.series
        yield _("Number %(number)s of %(unit)s is borne twice: by documents %(first)s and %(second)s.") % {
            "number": f"{found.later.number_shown} {series}",
            "unit": found.later.unit,
            "first": found.earlier.document_id,
            "second": found.later.document_id,
        }


def _files(on: date) -> Iterator[str]:
    """Every file that is registered is there, and no other file is."""
    stored = set(_stored_paths(""))
    known = dict(StoredFile.objects.order_by("pk").values_list("path", "name"))
    for path in [path for path in known if path not in stored][:LISTED]:
        yield _("The file “%(name)s” is not where it was stored.") % {"name": known[path]}
    for path in sorted(stored - set(known))[:LISTED]:
        yield _("The stored file %(path)s belongs to nothing.") % {"path": path}


def _contents(every_file: bool) -> Iterator[str]:
    """What is stored is what was sent, bit for bit: the newest files and some by chance, or all."""
    rows = StoredFile.objects.order_by("-pk")
    if not every_file:
        chosen = rows.order_by("?").values_list("pk", flat=True)[:SAMPLE]
        rows = rows.filter(pk__in=[*chosen, *rows.values_list("pk", flat=True)[:SAMPLE]])
    faults = (row for row in rows.iterator(chunk_size=500) if altered(row))
    for row in islice(faults, LISTED):
        yield _("The file “%(name)s” is no longer what was stored: its SHA-256 differs.") % {"name": row.name}


def _stored_paths(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield posixpath.join(folder, name)
    for name in folders:
        yield from _stored_paths(posixpath.join(folder, name))


def _norms(on: date) -> Iterator[str]:
    """Norms in force or to come whose values their areas cannot use."""
    for row in Norm.objects.filter(valid_to__gt=on).order_by("key", "place", "valid_from"):
        for sentence in soundness.faults(row.key, row.value):
            yield _("Norm %(key)s from %(day)s, place “%(place)s”: %(fault)s") % {
                "key": row.key,
                "day": f"{row.valid_from:%d/%m/%Y}",
                "place": row.place,
                "fault": sentence,
            }


def _urging(on: date) -> Iterator[str]:
    """The ladder ran on the last working day: after one day without a run the worker may stand still."""
    off = days_off(on - timedelta(days=40), on)
    last = Run.objects.order_by("-on").values_list("on", flat=True).first()
    if last and last < add_working_days(on, -1, off):
        yield _("The ladder of urging last ran on %(day)s: is the worker running?") % {"day": f"{last:%d/%m/%Y}"}


def _mail(on: date) -> Iterator[str]:
    """Mails of the last week that did not go as they should."""
    sentences = {
        "failed": _("%(n)s mails of the last week were given up: the server refused them or was out of reach."),
        "unsure": _("%(n)s mails of the last week may or may not have gone; they are not sent again."),
        "again": _("%(n)s mails wait for another try."),
    }
    for name, number in troubled_digests(on - timedelta(days=7)).items():
        yield sentences[name] % {"n": number}


def _search(on: date) -> Iterator[str]:
    """The index of documents against the documents; `trienkhai reindex` puts both right."""
    for name in broken_parts():
        yield _("The part %(name)s of the search index is missing or wrong.") % {"name": name}
    for document in islice(drifted(), LISTED):
        yield _("The search index does not hold document %(document)s as it is.") % {"document": document}


def _receipts(on: date) -> Iterator[str]:
    """What was sent against the receipts it made, and who came against who was convened."""
    for sending in dissemination.miscounted()[:LISTED]:
        yield _("Sending %(row)s does not have the receipts it was recorded with.") % {"row": sending}
    for unit, document in dissemination.twice_current()[:LISTED]:
        yield _("Unit %(unit)s holds two last versions of document %(document)s from one sender.") % {
            "unit": unit,
            "document": document,
        }
    for plan in dissemination.made_up_too_many()[:LISTED]:
        yield _("In study plan %(row)s more have made up than were absent.") % {"row": plan}


def _indicators(on: date) -> Iterator[str]:
    """Broken chains of indicators: holders, targets, values and sums that do not fit together."""
    broken = list(islice(broken_chains(on), LISTED))
    units = names_of({row.unit_id for row in broken})
    codes = dict(Indicator.objects.filter(pk__in=[row.indicator_id for row in broken]).values_list("pk", "code"))
    for row in broken:
        words = {
            "code": codes[row.indicator_id],
            "unit": units[row.unit_id].name,
            "fault": row.kind.label,
            "period": f" ({row.period_start:%d/%m/%Y})" if row.period_start else "",
        }
        yield _("Indicator %(code)s, %(unit)s%(period)s: %(fault)s.") % words


def _period_reports(on: date) -> Iterator[str]:
    """Issued sheets against their SHA-256, approved reports against their sheets, periods against what was opened."""
    for report in islice(reports.altered_sheets(), LISTED):
        yield _("An issued sheet of period report %(row)s is no longer what was approved.") % {"row": report}
    for report in reports.without_sheet()[:LISTED]:
        yield _("Period report %(row)s is approved but has no issued sheet.") % {"row": report}
    for period in reports.miscounted()[:LISTED]:
        yield _("Period %(row)s does not have the reports it was opened with.") % {"row": period}
    for form, why in unopened(ReportForm.objects.all(), on)[:LISTED]:
        words = {"title": form.title, "unit": form.unit.name, "day": f"{form.next_on:%d/%m/%Y}", "why": why}
        yield _("The form “%(title)s” of %(unit)s does not open its period from %(day)s: %(why)s") % words


def _closed_units(on: date) -> Iterator[str]:
    """Nothing open lies with a unit that no longer stands: nobody could answer for it."""
    for words, found in (
        (_("Unit %(unit)s no longer stands and still holds %(n)s open receipts or study plans."), receipts_left(on)),
        (_("Unit %(unit)s no longer stands and still holds %(n)s open tasks, programmes or focuses."), work_left(on)),
        (_("Unit %(unit)s no longer stands and still holds %(n)s meetings."), meetings.left_with_closed(on)),
        (
            _("Unit %(unit)s no longer stands and still answers for %(n)s inspections or findings."),
            inspections.left_with_closed(on),
        ),
        (
            _("Unit %(unit)s no longer stands and still holds %(n)s working sessions."),
            worksessions.left_with_closed(on),
        ),
        (_("Unit %(unit)s no longer stands and still holds %(n)s evaluations."), evaluation.left_with_closed(on)),
        (
            _("Unit %(unit)s no longer stands and still holds %(n)s subjects, recommendations, matters or questions."),
            oversight.left_with_closed(on),
        ),
        (_("Unit %(unit)s no longer stands and still holds %(n)s commitments."), conduct.left_with_closed(on)),
    ):
        for unit in sorted(found)[:LISTED]:
            yield words % {"unit": unit, "n": found[unit]}


def _rosters(on: date) -> Iterator[str]:
    """Numbers of members against the rows of lists by name; names nowhere but where a list is switched on."""
    for unit in islice(wrong_numbers(on), LISTED):
        words = {"unit": unit.name}
        yield _("The numbers of members of %(unit)s are not those of its list by name.") % words
    if stray := stray_names():
        yield _("%(n)s names of members are stored though no list they stand in is switched on.") % {"n": stray}


CHECKS: tuple[Callable[[date], Iterator[str]], ...] = (
    _tally,
    _spans,
    _present,
    _paths,
    _acts,
    _assignments,
    _steps,
    _holdings,
    _months,
    _issued,
    _numbers,
    _files,
    _norms,
    _urging,
    _mail,
    _search,
    _receipts,
    _indicators,
    _period_reports,
    _closed_units,
    _rosters,
    *LIFE,
)

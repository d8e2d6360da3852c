"""Reading and export of evaluations are acts, but for who reads the own sheet."""

from datetime import datetime

from django.db import transaction

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import YES
from trienkhai.documents.layouts.composing import Composition
from trienkhai.evaluation import rules
from trienkhai.evaluation.actions.locking import note, note_campaign
from trienkhai.evaluation.models import Campaign, Sheet
from trienkhai.evaluation.papers import composition_of
from trienkhai.people.models import Account


@transaction.atomic
def read_sheet(sheet: Sheet, *, by: Account, at: datetime) -> None:
    """A sheet of somebody else was opened."""
    if not rules.is_own(by, sheet, day_of(at)):
        note("read", sheet, YES, by, at)


@transaction.atomic
def read_result(campaign: Campaign, *, by: Account, at: datetime) -> None:
    """The list of all subjects was opened. Raises Refused."""
    note_campaign("result_read", campaign, rules.reads_result(by, campaign, day_of(at)).require(), by, at)


@transaction.atomic
def export_list(campaign: Campaign, *, by: Account, at: datetime) -> Composition:
    """The list for the decision as its file prints it. Raises Refused."""
    verdict = rules.reads_result(by, campaign, day_of(at)).require()
    rules.listed(campaign).require()
    note_campaign("exported", campaign, verdict, by, at)
    return composition_of(campaign, day_of(at))

"""The dossier: a list of sections, each made by one function from what an area knows of the unit on that day.

A further section is one function and one line here.
"""

from collections.abc import Callable
from datetime import date

from trienkhai.orgs.queries import term_on
from trienkhai.worksessions.dossier.findings import inspections
from trienkhai.worksessions.dossier.organisation import organisation
from trienkhai.worksessions.dossier.others import indicators, meetings, reports
from trienkhai.worksessions.dossier.results import results
from trienkhai.worksessions.dossier.saying import difficulties, last_conclusions, proposals
from trienkhai.worksessions.dossier.sent import sent_up
from trienkhai.worksessions.dossier.shape import Section
from trienkhai.worksessions.dossier.subject import Subject
from trienkhai.worksessions.dossier.work import focuses, of_term, of_year, open_tasks
from trienkhai.worksessions.models import Session

SECTIONS: tuple[Callable[[Subject], Section], ...] = (
    last_conclusions,
    organisation,
    of_term,
    of_year,
    focuses,
    open_tasks,
    indicators,
    reports,
    meetings,
    inspections,
    results,
    difficulties,
    proposals,
    sent_up,
)


def subject_of(session: Session, on: date) -> Subject:
    return Subject(session, session.unit, on, term_on(session.unit, on))


def sections_of(session: Session, on: date) -> list[Section]:
    """What the dossier of the session's unit says at the end of that day, by states, places and names of the day."""
    subject = subject_of(session, on)
    return [build(subject) for build in SECTIONS]

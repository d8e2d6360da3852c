"""Whose dossier it is, and for which day."""

from dataclasses import dataclass
from datetime import date, timedelta

from trienkhai.orgs.models import Term, Unit
from trienkhai.worksessions.models import Session


@dataclass(frozen=True)
class Subject:
    """`term`: the term of office in which the day falls; None where none is known."""

    session: Session
    unit: Unit
    on: date
    term: Term | None

    @property
    def year(self) -> int:
        return self.on.year

    @property
    def year_starts_on(self) -> date:
        return date(self.year, 1, 1)

    @property
    def term_code(self) -> str:
        """The years of the term as the address of a list names them."""
        if self.term is None:
            return ""
        last = self.term.ends_on - timedelta(days=1)
        return f"{self.term.starts_on.year}-{last.year}"

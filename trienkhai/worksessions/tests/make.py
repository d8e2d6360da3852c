"""Rows for tests: the bloc works with its committee of the north, with the people of both."""

from datetime import date
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.documents.actions import change_draft, finish_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks.actions import issue_tasks, start_issue
from trienkhai.tasks.models import Issue
from trienkhai.tasks.proposals import propose
from trienkhai.tasks.tests import make as tasks
from trienkhai.tasks.tests.make import at
from trienkhai.worksessions import actions
from trienkhai.worksessions.actions import Details
from trienkhai.worksessions.models import Conclusion, Dossier, Session
from trienkhai.worksessions.queries import next_step, with_steps

ABOUT = "Tình hình thực hiện nhiệm vụ năm 2017"


class Cast(tasks.Cast):
    """The tree of tasks; the north with its focal point besides, an inspector and a clerk of the bloc, a stranger."""

    def __init__(self) -> None:
        super().__init__()
        self.north_focal = make_holder(self.tree.north, Role.FOCAL)
        self.clerk = make_holder(self.tree.bloc, Role.CLERK)
        self.inspector = make_holder(self.tree.bloc, Role.INSPECTOR)
        self.stranger = self.south_leader

    def plan(self, day: int = 10, month: int = 3, **words: Any) -> Session:
        given: dict[str, Any] = {"place": "Hội trường", "content": ABOUT} | words
        details = Details(moment(date(2017, month, day), 8), **given)
        return actions.plan_session(self.tree.bloc, self.tree.north, details, by=self.officer, at=NOON)

    def dossier(self, session: Session, day: int = 10, month: int = 3) -> Dossier:
        when = at(day, month)
        return actions.make_dossier(session.pk, day=when.date(), by=self.officer, at=when)

    def conclude(self, session: Session, text: str = "Rà soát quy chế làm việc", **words: Any) -> Conclusion:
        given = {"lead": self.tree.north, "due_on": date(2017, 6, 30)} | words
        return actions.add_conclusion(session.pk, text=text, **given, by=self.officer, at=self.day_of(session))

    def conclude_early(self, session: Session) -> Conclusion:
        return actions.add_conclusion(session.pk, text="Sớm", by=self.officer, at=at(9, 3))

    def step(self, session: Session, on: date) -> str:
        return next_step(with_steps(Session.objects.filter(pk=session.pk)).get(), on)

    def day_of(self, session: Session) -> Any:
        return moment(session.day, 11)

    def held(self, *texts: str, day: int = 10, month: int = 3) -> Session:
        """A session with these conclusions, ended."""
        session = self.plan(day, month)
        for text in texts:
            self.conclude(session, text)
        actions.end_session(session.pk, by=self.officer, at=self.day_of(session))
        session.refresh_from_db()
        return session

    def issued(self, session: Session) -> Document:
        """The notice drafted and issued by the clerk and the leader."""
        draft = actions.draft_notice(session.pk, by=self.officer, at=self.day_of(session))
        words: dict[str, Any] = {name: getattr(draft, name) for name in WORDS}
        words |= {"symbol_body": "ĐUTHU", "place": "Thử", "signer_role": "Bí thư", "signer_name": self.leader.name}
        draft = change_draft(draft.pk, words, base=draft.version, by=self.officer, at=self.day_of(session))
        given: dict[str, Any] = {"base": draft.version, "issued_on": session.day, "not_secret": True}
        return finish_draft(draft.pk, **given, by=self.clerk, at=self.day_of(session))

    def give(self, document: Document, session: Session) -> Issue:
        """The tasks as they are read out of the notice, issued by the leader."""
        text = document.texts.latest("version")
        rows = propose(text, self.tree.bloc, session.day)
        when = self.day_of(session)
        issue = start_issue(document, self.tree.bloc, rows, by=self.officer, at=when)
        return issue_tasks(issue.pk, by=self.leader, at=when)

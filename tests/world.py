"""A small organisation with someone in every role, in an own and in a foreign branch, and one object of every kind.

The walk over all addresses (`test_every_url_with_every_role`) and the browser's whole way stand on it.
"""

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import world_reports
from tests.world_accounts import account_objects
from tests.world_comparing import comparing_objects
from tests.world_conduct import conduct_objects
from tests.world_coordination import add_coordination
from tests.world_evaluation import evaluation_objects
from tests.world_exchange import file_job_of
from tests.world_feedback import feedback_objects
from tests.world_indicators import indicator_objects
from tests.world_inspections import inspection_objects
from tests.world_issued import issued_sheet
from tests.world_meetings import meeting_objects
from tests.world_oversight import oversight_objects
from tests.world_posts import post_objects
from tests.world_reorganising import reorganising_objects
from tests.world_roster import roster_objects
from tests.world_worksessions import worksession_objects
from trienkhai.audit.models import Act
from trienkhai.dissemination.actions import (
    Order,
    SessionDetails,
    acknowledge_receipt,
    add_session_file,
    make_plan,
    plan_session,
    send_document,
)
from trienkhai.dissemination.models import Receipt
from trienkhai.documents.actions import Instruction, give_slip, store_file, store_template
from trienkhai.documents.actions.entering import enter
from trienkhai.documents.models import (
    Book,
    Clause,
    DocumentFile,
    DocumentLink,
    DocumentText,
    Dossier,
    DossierDocument,
    OwnPhrase,
    StoredFile,
)
from trienkhai.documents.tests.make_drafts import begin, template_upload
from trienkhai.documents.tests.make_files import docx, pdf
from trienkhai.exchange.models import Correspondent, Direction, Dispatch
from trienkhai.notices.actions import make_feed
from trienkhai.notices.actions.choosing import unsubscribe_token
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Post, Role, Term
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Evidence, Issue, Share, ShareKind
from trienkhai.tasks.tests.make import DUE, at, make_document
from trienkhai.urging.actions import call
from trienkhai.urging.models import Run

ROLES = tuple(Role.values)

OWN = (
    "document", "file", "phrase", "dossier", "place", "pdf", "word", "link", "dispatch", "file_job", "issue",
    "draft", "assignment", "report", "request", "evidence", "part", "job", "upper", "clause", "concretising",
    "open", "run", "programme", "next_programme", "item", "done_item", "focus", "entry", "slip", "term", "sent",
    "sending", "receipt", "known", "plan", "session", "material", "paper", "template",
)  # fmt: skip
"""Addresses take the object of the same name."""


class World:
    """`people[(role, place)]`: place is `bloc`, `own` (north, the branch of every object) or `foreign` (south)."""

    def __init__(self) -> None:
        self.tree = Tree()
        tree = self.tree
        places = {"bloc": tree.bloc, "own": tree.north, "foreign": tree.south}
        self.people = {(role, place): make_holder(unit, role) for role in ROLES for place, unit in places.items()}
        self.holder = make_holder(tree.north1, Role.FOCAL)
        self.stranger = make_holder(tree.south1, Role.FOCAL)
        self._document()
        self._paper()
        self._work()
        self._study()
        self._urging()
        self._programme()
        world_reports.add_reports(self)
        self.indicators = indicator_objects(self)
        self.coordination = add_coordination(self)
        self.issued = issued_sheet(self)
        self.posts = post_objects(self)
        self.accounts = account_objects(self)
        self.reorganising = reorganising_objects(self)
        self.comparing = comparing_objects(self)
        self.roster = roster_objects(self)
        self.meetings = meeting_objects(self)
        self.feedback = feedback_objects(self)
        self.inspections = inspection_objects(self)
        self.worksessions = worksession_objects(self)
        self.evaluation = evaluation_objects(self)
        self.oversight = oversight_objects(self)
        self.conduct = conduct_objects(self)

    def person(self, role: str, place: str) -> Account:
        return self.people[role, place]

    def _document(self) -> None:
        north = self.tree.north
        self.document = make_document(north)
        text = "Giao các đảng bộ cơ sở hoàn thành trước ngày 30/6/2017."
        self.text = DocumentText.objects.create(document=self.document, sha256="0" * 64, text=text, created_at=NOON)
        self.clause = Clause.objects.create(
            text=self.text, kind="arabic", label="1", position=0, start=0, end=len(text)
        )
        self.link = DocumentLink.objects.create(source=self.document, kind="basis", symbol="9-NQ/X", key="9-nq-x")
        self.file = store_file(BytesIO(text.encode()), owner=north, by=None, at=NOON, name="vanban.txt")
        DocumentFile.objects.create(document=self.document, file=self.file)
        self.phrase = OwnPhrase.objects.create(
            office=north,
            kind="duty",
            words="ủy thác cho",
            folded="uy thac cho",
            added_by=self.person(Role.CLERK, "own"),
            added_at=NOON,
        )
        self.dossier = Dossier.objects.create(
            unit=north, code="01.2017", title="Công tác thử", retention="permanent", opened_on=date(2017, 1, 1)
        )
        self.place = DossierDocument.objects.create(
            dossier=self.dossier, document=self.document, position=1, added_at=NOON
        )
        self.pdf = self._attached(pdf(), "phu-luc.pdf", 2)
        self.word = self._attached(docx("Phụ lục"), "phu-luc.docx", 3)
        self._books()
        self._packet()
        self.file_job = file_job_of(self)

    def _attached(self, content: bytes, name: str, version: int) -> StoredFile:
        file = store_file(BytesIO(content), owner=self.tree.north, by=None, at=NOON, name=name)
        DocumentFile.objects.create(document=self.document, file=file, kind="attachment", version=version)
        return file

    def _books(self) -> None:
        """A line in the book of north with a slip, and its term of office."""
        north = self.tree.north
        entered = make_document(north, symbol="02-CV/ĐUTHU")
        self.entry = enter(north, entered, Book.IN, by=self.person(Role.CLERK, "own"), at=NOON)
        said = Instruction(f"u{north.pk}", "Nghiên cứu, đề xuất")
        self.slip = give_slip(self.entry.pk, said, by=self.person(Role.LEADER, "own"), at=NOON)
        days = {"starts_on": date(2015, 1, 1), "ends_on": date(2020, 1, 1)}
        self.term = Term.objects.create(unit=north, name="2015–2020", **days)

    def _paper(self) -> None:
        """A paper that the clerk of north is writing, and a template of its office."""
        clerk = self.person(Role.CLERK, "own")
        self.paper = begin(self.tree.north, clerk)
        named = {"name": "mau.docx", "system": "party", "kind": ""}
        self.template = store_template(self.tree.north, template_upload(), **named, by=clerk, at=NOON)

    def _packet(self) -> None:
        """North has a code on the exchange axis, and its document went to one correspondent outside."""
        Correspondent.objects.create(organ_id="000.01.MH", name="Đảng ủy Bắc", unit=self.tree.north)
        outside = Correspondent.objects.create(organ_id="000.09.MH", name="Cơ quan ngoài")
        self.dispatch = Dispatch.objects.create(
            unit=self.tree.north,
            document=self.document,
            correspondent=outside,
            direction=Direction.OUT,
            document_key="000.01.MH,2017/01/03,x",
            at=NOON,
        )

    def _work(self) -> None:
        """North gives one task to its grassroots: prepared by its officer, issued by its leader, reported by a
        holder."""
        north, officer = self.tree.north, self.person(Role.OFFICER, "own")
        rows = [{"title": "Việc của nhánh Bắc", "due_on": DUE, "clauses": [self.clause.pk]}]
        self.draft = actions.prepare_issue(
            self.document, north, rows, selection="children", by=officer, at=NOON, on=date(2017, 1, 3)
        )
        issue = actions.prepare_issue(self.document, north, rows, selection="children", by=officer, at=NOON)
        self.issue: Issue = actions.issue_tasks(issue.pk, by=self.person(Role.LEADER, "own"), at=NOON)
        self.assignment = Assignment.objects.get(task__issue=self.issue, held_by=self.tree.north1)
        actions.acknowledge(self.assignment.pk, by=self.holder, at=at(4))
        self.report = actions.submit_report(self.assignment.pk, text="Đã xong", by=self.holder, at=at(5))
        self.submitted_issue = actions.prepare_issue(
            self.document, north, rows, selection="children", by=officer, at=NOON, on=date(2017, 1, 3)
        )
        actions.submit_issue(self.submitted_issue.pk, by=officer, at=NOON)
        self.evidence = Evidence.objects.create(report=self.report, file=self.file)
        self.part = Share.objects.create(
            task=self.issue.tasks.get(), unit=self.tree.north2, kind=ShareKind.PART, assignment=self.assignment
        )
        self.upper = make_document(self.tree.bloc, symbol="03-NQ/ĐUTHU", published="no")
        text = DocumentText.objects.create(document=self.upper, sha256="2" * 64, text="1. Việc trên.", created_at=NOON)
        point = Clause.objects.create(text=text, kind="arabic", label="1", position=0, start=0, end=13)
        enter(north, self.upper, Book.IN, by=self.person(Role.CLERK, "own"), at=NOON)
        answers = {point.pk: {"kind": "taken"}}
        self.concretising = actions.answer_clauses(self.upper, north, answers, by=officer, at=at(5))
        leader = self.person(Role.LEADER, "own")
        self.job = actions.begin_job("tasks", "approve", [], by=leader, at=at(6))
        self.request = actions.ask(self.assignment.pk, kind="adjust", reason="Cần rõ hơn", by=self.holder, at=at(5))

    def _study(self) -> None:
        """The bloc sends two documents to north, which acknowledges one, passes the other on and plans its study."""
        bloc, north, clerk = self.tree.bloc, self.tree.north, self.person(Role.CLERK, "bloc")
        self.sent, known = (make_document(bloc, symbol=f"{number}-NQ/ĐUTHU") for number in ("11", "12"))
        for document in (self.sent, known):
            send_document(document.pk, bloc, Order("unit:K.B"), by=clerk, at=NOON)
        self.receipt = Receipt.objects.get(sending__document=self.sent)
        self.known = Receipt.objects.get(sending__document=known)
        acknowledge_receipt(self.known.pk, by=self.person(Role.FOCAL, "own"), at=at(4))
        own_clerk, focal = self.person(Role.CLERK, "own"), self.person(Role.FOCAL, "own")
        self.sending = send_document(self.sent.pk, north, Order("children"), by=own_clerk, at=at(4))
        self.plan = make_plan(self.sent, north, by=focal, at=at(4))
        self.session = plan_session(self.plan.pk, SessionDetails(at(6), "Hội trường"), by=focal, at=at(4))
        upload = SimpleUploadedFile("de-cuong.txt", b"De cuong")
        material = {"use": "material", "not_secret": True}
        self.material = add_session_file(self.session.pk, upload, **material, by=focal, at=at(4))

    def _urging(self) -> None:
        """North has urged another duty of its branch, and the ladder has run."""
        issue = self._given("Việc được đôn đốc")
        urged = Assignment.objects.get(task__issue=issue, held_by=self.tree.north1)
        self.call = call(urged.pk, text="Báo cáo ngay", by=self.person(Role.OFFICER, "own"), at=at(6))
        self.open = Assignment.objects.get(task__issue=issue, held_by=self.tree.north2)
        self.run = Run.objects.create(on=date(2017, 1, 6), at=at(6))

    def _given(self, title: str) -> Issue:
        rows = [{"title": title, "due_on": DUE}]
        officer, leader = self.person(Role.OFFICER, "own"), self.person(Role.LEADER, "own")
        issue = actions.prepare_issue(
            self.document, self.tree.north, rows, selection="children", by=officer, at=NOON, on=date(2017, 1, 3)
        )
        return actions.issue_tasks(issue.pk, by=leader, at=NOON)

    def _programme(self) -> None:
        """North's programme of the year on its document, out of that of its term; the next year's; a focus."""
        north, officer = self.tree.north, self.person(Role.OFFICER, "own")
        days, who = (date(2015, 1, 1), date(2019, 12, 31)), {"by": officer, "at": NOON}
        term = actions.open_programme(north, "term", *days, **who)
        self.programme = actions.open_programme(north, "year", date(2017, 1, 1), part_of=term, **who)
        self.item = actions.add_item(self.programme.pk, {"title": "Việc của năm"}, **who)
        self.done_item = actions.add_item(self.programme.pk, {"title": "Việc đã xong"}, **who)
        actions.finish_item(self.done_item.pk, words="Đã xong", **who)
        actions.set_source(self.programme.pk, part_of=term, document=self.document, **who)
        actions.put_in_force(self.programme.pk, by=self.person(Role.LEADER, "own"), at=NOON)
        self.next_programme = actions.open_programme(north, "year", date(2018, 1, 1), **who)
        actions.add_item(self.next_programme.pk, {"title": "Việc của năm sau"}, **who)
        values = {"kind": "central", "title": "Trọng tâm của nhánh Bắc", "valid_from": date(2017, 1, 1)}
        self.focus = actions.set_focus(north, values, **who)

    def keys(self) -> dict[str, Any]:
        """What an address may take, by the name of its parameter or the word before it."""
        task = self.issue.tasks.get()
        return _apart(
            {name: getattr(self, name).pk for name in OWN},
            {
                "unit": self.tree.north.pk,
                "number": 1,
                "saved_search": 1,
                "draft_task": self.draft.tasks.get().pk,
                "task": task.pk,
                "act": Act.objects.filter(verb="issue.issued").values_list("pk", flat=True).first(),
                "notice": Notice.objects.values_list("pk", flat=True).first(),
                "post": Post.objects.filter(unit=self.tree.north).values_list("pk", flat=True).first(),
                "holding": Holding.objects.filter(post__unit=self.tree.north).values_list("pk", flat=True).first(),
                "submitted": self.submitted_issue.pk,
                "calendar": make_feed(self.holder, at=NOON),
                "leaving": unsubscribe_token(self.holder),
                "called": self.call.act,
                "table": "units",
                "slug": "den",
                "mark": "chuyen",
                "series": self.entry.series_id,
                "paper_version": 1,
                **self.coordination,
                "paper_suffix": "docx",
                "paper_system": "party",
            },
            self.indicators,
            self.issued,
            self.posts,
            self.accounts,
            self.reorganising,
            self.comparing,
            self.roster,
            self.meetings,
            self.feedback,
            self.inspections,
            self.worksessions,
            self.evaluation,
            self.oversight,
            self.conduct,
            world_reports.keys(self),
        )


def _apart(*parts: dict[str, Any]) -> dict[str, Any]:
    """All of them as one; what two areas call by one name would hide from the test what one of them means."""
    found: dict[str, Any] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"named twice: {sorted(twice)}")
        found |= part
    return found

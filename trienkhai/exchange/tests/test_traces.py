"""A document that is locked away is nowhere any more: in no table, no file, no index."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import (
    Cited,
    Instruction,
    add_file,
    add_link,
    change_entry,
    check_signatures,
    correct_document,
    give_slip,
    quarantine_document,
    register_document,
    return_slip,
    store_file,
    withdraw_document,
)
from trienkhai.documents.actions.dossiers import Described, open_dossier, put_document
from trienkhai.documents.models import Book, Document, FileSignature
from trienkhai.documents.preview.pages import page_image
from trienkhai.documents.tests.make import paper, register
from trienkhai.documents.tests.make_drafts import BODY, begin, finish
from trienkhai.exchange.actions import send_document
from trienkhai.exchange.models import Correspondent, Dispatch
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment, Issue, Share, State, Tally, Task
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE
from trienkhai.tasks.tests.play import LATER_DUE, Cast

pytestmark = pytest.mark.django_db(transaction=True)
RARE = "zuqavexo"


def tables_with(word: str) -> list[str]:
    """Names of the tables in which the word stands, whatever the column."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [row[0] for row in cursor.fetchall()]
        return sorted(name for name in names if any(word in row for row in _rows(cursor, name)))


def _rows(cursor: Any, name: str) -> Iterator[str]:
    cursor.execute(f'SELECT * FROM "{name}"')
    yield from (str(row).lower() for row in cursor.fetchall())


def files_with(word: str, folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in paths if word.encode() in path.read_bytes().lower()]


def database_files_with(word: str) -> list[str]:
    """SQLite's own files; a server's cannot be looked at."""
    if connection.vendor != "sqlite":
        return []
    database = Path(connection.settings_dict["NAME"])
    paths = [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    return [path.name for path in paths if word.encode() in path.read_bytes().lower()]


class Matter:
    """A paper that came in without a symbol, so that it goes by its subject, and all that is made of one."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.bloc = self.cast.tree.bloc
        self.clerk: Account = make_holder(self.bloc, Role.CLERK)
        self.head: Account = make_holder(self.cast.tree.office, Role.LEADER)

    def arrived(self) -> Document:
        text = paper(words=f"Nội dung {RARE} và phụ lục.").replace("Số 12-NQ/ĐUTHU", "")
        fields = {"title": f"về {RARE}", "symbol": "", "number": ""}
        document = register_document(
            self.bloc,
            BytesIO(text.encode()),
            name=f"{RARE}.txt",
            not_secret=True,
            book=Book.IN,
            fields=fields,
            by=self.clerk,
            at=NOON,
        )
        Document.objects.filter(pk=document.pk).update(symbol="", symbol_key="")
        return Document.objects.get(pk=document.pk)

    def worked_on(self, document: Document) -> None:
        correct_document(document.pk, {"title": f"về việc {RARE} khác"}, by=self.clerk, at=NOON)
        add_file(
            document.pk,
            BytesIO(f"{RARE} kèm theo".encode()),
            kind="attachment",
            reason=f"Vì {RARE}",
            not_secret=True,
            name=f"{RARE}.csv",
            by=self.clerk,
            at=NOON,
        )
        other = register(self.bloc, self.clerk, text=paper("15-NQ/ĐUTHU"))
        for source, target in ((document, other), (other, document)):
            add_link(source.pk, Cited("refers", target=target), by=self.clerk, at=NOON)
        self.handed_over(document)
        dossier = open_dossier(self.bloc, Described("01", "Hồ sơ", "permanent", DAY), by=self.clerk, at=NOON)
        put_document(dossier.pk, document, by=self.clerk, at=NOON)
        self.given(document)
        withdraw_document(document.pk, reason=f"Lộ {RARE}", by=self.clerk, at=NOON)

    def handed_over(self, document: Document) -> None:
        entry = document.entries.get()
        change_entry(entry.pk, {"note": f"Ghi {RARE}", "recipient": RARE}, by=self.clerk, at=NOON)
        said = Instruction(f"u{self.cast.tree.office.pk}", f"Xử lý {RARE}")
        slip = give_slip(entry.pk, said, by=self.cast.leader, at=NOON)
        return_slip(slip.pk, reason=f"Không rõ {RARE}", by=self.head, at=NOON)

    def given(self, document: Document) -> None:
        rows = [{"title": f"Việc {RARE}", "due_on": DUE, "quote": f"{RARE} nguyên văn"}]
        issue = tasks.prepare_issue(document, self.bloc, rows, selection="children", by=self.cast.officer, at=NOON)
        task = issue.tasks.get()
        tasks.change_task(task.pk, {"title": f"Việc {RARE} mới"}, by=self.cast.officer, at=NOON)
        tasks.drop_task(task.pk, by=self.cast.officer, at=NOON)
        tasks.drop_task(task.pk, dropped=False, by=self.cast.officer, at=NOON)
        tasks.submit_issue(issue.pk, by=self.cast.officer, at=NOON)
        tasks.return_issue(issue.pk, reason=f"Bỏ {RARE}", by=self.cast.leader, at=NOON)

    def issued(self) -> Document:
        body = BODY.replace("Nâng cao", f"{RARE.title()} nâng cao")
        draft = begin(self.bloc, self.clerk, title=f"về {RARE}", body=body)
        document = finish(draft, self.clerk)
        partner = Correspondent.objects.create(organ_id="000.02.MH", name="Nơi nhận")
        Correspondent.objects.create(organ_id="000.01.MH", name=self.bloc.name, unit=self.bloc)
        Document.objects.filter(pk=document.pk).update(issuer=self.bloc)
        send_document(document.pk, self.bloc, [partner], by=self.clerk, at=NOON)
        printed = next(row.file for row in document.files.all() if row.file.name.endswith(".pdf"))
        page_image(printed, 1)
        check_signatures(printed, at=NOON)
        FileSignature.objects.create(
            file=printed,
            position=9,
            signer=RARE,
            intact=True,
            whole=True,
            stamped=False,
            readable=True,
            checked_at=NOON,
        )
        return document

    def carried_out(self, document: Document) -> Issue:
        """Tasks issued from the document; each has been through all that leaves words behind."""
        cast, unit = self.cast, self.cast.tree.north1
        office = make_holder(cast.tree.office, Role.FOCAL)
        rows: list[dict[str, Any]] = [
            {"title": f"Việc {RARE}", "product": RARE, "due_on": DUE, "quote": f"{RARE} nguyên văn", "due_words": RARE},
            {"title": f"Bỏ {RARE}", "due_on": DUE},
            {"title": f"Chung {RARE}", "due_on": DUE, "mode": "joint", "coordinating_selection": "unit:K.VP"},
        ]
        issue = tasks.prepare_issue(document, self.bloc, rows, selection="unit:K.B.1", by=cast.officer, at=NOON)
        tasks.drop_task(issue.tasks.get(position=2).pk, by=cast.officer, at=NOON)
        tasks.submit_issue(issue.pk, by=cast.officer, at=NOON)
        tasks.issue_tasks(issue.pk, by=cast.leader, at=NOON)
        share = Share.objects.get(task__issue=issue)
        tasks.answer_part(share.pk, answer=f"Đã góp {RARE}", by=office, at=NOON)
        focal, north = cast.focal[unit.pk], cast.north_leader
        for pk in Assignment.objects.filter(task__issue=issue).values_list("pk", flat=True):
            held = {"by": focal, "at": NOON}
            tasks.acknowledge(pk, **held)
            proof = store_file(BytesIO(RARE.encode()), owner=unit, name=f"{RARE}.txt", **held)
            tasks.update_progress(pk, percent=40, text=RARE, bottleneck=RARE, proposal=RARE, files=[proof], **held)
            asked = tasks.ask(pk, kind="extend", reason=f"Do {RARE}", due_on=LATER_DUE, **held)
            tasks.decide_request(asked.pk, grant=False, answer=f"Không {RARE}", by=cast.leader, at=NOON)
            tasks.submit_report(pk, text=f"Xong {RARE}", **held)
            tasks.return_report(pk, reason=f"Thiếu {RARE}", by=north, at=NOON)
            tasks.submit_report(pk, text=f"Xong {RARE}", **held)
        waiting = Assignment.objects.filter(task__issue=issue)
        tasks.return_matching(waiting, selection="tất cả", reason=f"Cả {RARE}", by=north, at=NOON)
        for pk in waiting.values_list("pk", flat=True):
            tasks.submit_report(pk, text=f"Xong {RARE}", **held)
            tasks.approve(pk, remark=f"Được {RARE}", by=north, at=NOON)
            tasks.reopen(pk, reason=f"Lại {RARE}", by=north, at=NOON)
            tasks.extend(pk, LATER_DUE, reason=f"Thêm {RARE}", by=cast.leader, at=NOON)
            tasks.pause(pk, reason=f"Chờ {RARE}", by=cast.leader, at=NOON)
        return Issue.objects.get(pk=issue.pk)


def test_what_came_in_and_was_worked_on_is_nowhere_after_it_was_locked_away(tmp_path: Path):
    matter = Matter()
    document = matter.arrived()
    matter.worked_on(document)
    assert {"documents_document", "tasks_task", "notices_notice", "documents_slip"} <= set(tables_with(RARE))
    assert files_with(RARE, tmp_path)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert (tables_with(RARE), files_with(RARE, tmp_path), database_files_with(RARE)) == ([], [], [])


def test_what_was_drafted_issued_and_sent_is_nowhere_after_it_was_locked_away(settings: Any, tmp_path: Path):
    settings.PREVIEW_FOLDER = tmp_path / "preview"
    matter = Matter()
    document = matter.issued()
    assert {"documents_draft", "documents_draftversion", "documents_filesignature"} <= set(tables_with(RARE))
    assert list(tmp_path.glob("preview/*/*/*.png"))
    assert files_with(RARE, tmp_path / "edxml" / "out")

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert (tables_with(RARE), files_with(RARE, tmp_path), database_files_with(RARE)) == ([], [], [])
    assert not (Dispatch.objects.exists() or list(tmp_path.glob("edxml/out/*")) or list(tmp_path.glob("files/*/*")))
    assert not list(tmp_path.glob("preview/*/*/*"))


def test_work_that_was_issued_and_withdrawn_tells_nothing_after_its_document_was_locked_away(tmp_path: Path):
    matter = Matter()
    document = matter.arrived()
    issue = matter.carried_out(document)
    for pk in Assignment.objects.filter(task__issue=issue).values_list("pk", flat=True):
        tasks.withdraw(pk, reason=f"Lộ {RARE}", by=matter.cast.leader, at=NOON)
    assert {"tasks_task", "tasks_progressreport", "tasks_request", "audit_actdetail"} <= set(tables_with(RARE))

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert (tables_with(RARE), files_with(RARE, tmp_path), database_files_with(RARE)) == ([], [], [])
    assert list(Task.objects.order_by("position").values_list("document", "position")) == [(None, 1), (None, 3)]
    assert set(Assignment.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert recount() == [] and not Tally.objects.exists()


def test_work_that_is_still_open_keeps_its_document_from_being_locked_away():
    matter = Matter()
    document = matter.arrived()
    issue = matter.carried_out(document)
    one, _other = Assignment.objects.filter(task__issue=issue).order_by("pk")
    tasks.withdraw(one.pk, reason="Lộ", by=matter.cast.leader, at=NOON)
    before = tables_with(RARE)

    with pytest.raises(Refused, match="phải thu hồi"):
        quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == before and Document.objects.filter(pk=document.pk).exists()


def test_withdrawn_work_of_a_document_that_was_locked_away_is_still_shown_to_those_who_held_it(client: Client):
    matter = Matter()
    document = matter.arrived()
    issue = matter.carried_out(document)
    rows = Assignment.objects.filter(task__issue=issue)
    for pk in rows.values_list("pk", flat=True):
        tasks.withdraw(pk, reason=f"Lộ {RARE}", by=matter.cast.leader, at=NOON)
    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    for account in (matter.cast.focal[matter.cast.tree.north1.pk], matter.cast.leader):
        client.force_login(account)
        shown = client.get(reverse("tasks:assignment", args=[rows.order_by("pk")[0].pk]))
        listed = client.get(reverse("tasks:list"), {"o": "total"})
        pages = [client.get(reverse(name), follow=True) for name in ("tasks:mine", "tasks:list", "dashboards:home")]
        assert {page.status_code for page in (shown, listed, *pages)} == {200}
        assert "văn bản mật" in shown.content.decode() and RARE not in shown.content.decode()
        assert client.get(reverse("tasks:issue", args=[issue.pk])).status_code == 404
    client.force_login(matter.cast.leader)
    assert client.get(reverse("tasks:issues")).status_code == 200

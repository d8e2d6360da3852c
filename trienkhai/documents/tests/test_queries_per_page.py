"""A page asks the database as often for three rows as for one."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.documents.actions import Instruction, add_file, finish_slip, give_slip
from trienkhai.documents.actions.dossiers import Described, open_dossier, put_document
from trienkhai.documents.models import Document, Dossier
from trienkhai.documents.tests.make import paper, register, register_file
from trienkhai.documents.tests.make_drafts import begin
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_account, make_holder

pytestmark = pytest.mark.django_db


class Desk:
    """A clerk who also leads; `add` makes one more of everything that a page lists."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.unit = self.tree.bloc
        self.account = make_account()
        for role in (Role.CLERK, Role.LEADER):
            make_holder(self.unit, role, account=self.account)
        self.first = register_file(self.unit, self.account, text=paper("01-NQ/ĐUTHU"))
        self.made = 0

    def add(self) -> None:
        self.made += 1
        symbol = f"{10 + self.made}-NQ/ĐUTHU"
        document = register(self.unit, self.account, text=paper(symbol, "01-NQ/ĐUTHU", basis_day="05/02/2017"))
        Document.objects.filter(pk=document.pk).update(urgency="KHẨN")
        upload = BytesIO(paper("01-NQ/ĐUTHU", words=f"Bản {self.made}.").encode())
        named = {"kind": "revised", "reason": "sửa", "not_secret": True, "name": "sua.txt"}
        add_file(self.first.pk, upload, **named, by=self.account, at=NOON)
        said = Instruction(f"n{self.unit.pk}-{self.account.pk}", "Xử lý", due_on=DAY)
        give_slip(document.entries.get().pk, said, by=self.account, at=NOON)
        self.handed_over()
        self.filed(document)
        begin(self.unit, self.account, title=f"bản {self.made}")

    def handed_over(self) -> None:
        said = Instruction(f"n{self.unit.pk}-{self.account.pk}", "Xử lý")
        slip = give_slip(self.first.entries.get().pk, said, by=self.account, at=NOON)
        finish_slip(slip.pk, answer="Xong", by=self.account, at=NOON)

    def filed(self, document: Document) -> None:
        values = Described(f"{self.made:02d}", "Hồ sơ", "permanent", DAY)
        open_dossier(self.unit, values, by=self.account, at=NOON)
        put_document(Dossier.objects.earliest("pk").pk, document, by=self.account, at=NOON)


def addresses(desk: Desk) -> dict[str, str]:
    pk, entry = [desk.first.pk], desk.first.entries.get()
    return {
        "list": reverse("documents:list"),
        "words": reverse("documents:list") + "?q=thử",
        "detail": reverse("documents:detail", args=pk),
        "web": reverse("documents:web", args=pk),
        "files": reverse("documents:files", args=pk),
        "gaps": reverse("documents:gaps"),
        "book": reverse("documents:book", args=[desk.unit.pk, "den"]),
        "entry": reverse("documents:entry", args=[entry.pk]),
        "slip": reverse("documents:slip", args=[entry.slips.earliest("pk").pk]),
        "dossiers": reverse("documents:dossiers"),
        "dossier": reverse("documents:dossier", args=[Dossier.objects.earliest("pk").pk]),
        "drafts": reverse("documents:drafts"),
        "mine": reverse("tasks:mine"),
    }


def counted(client: Client, desk: Desk) -> dict[str, int]:
    found = {}
    for name, url in addresses(desk).items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200, name
        found[name] = len(queries)
    return found


def test_pages_ask_as_often_for_three_rows_as_for_one(client: Client):
    desk = Desk()
    client.force_login(desk.account)
    desk.add()
    one = counted(client, desk)
    desk.add()
    desk.add()

    assert counted(client, desk) == one


def test_the_page_of_a_document_asks_as_often_for_a_person_with_posts_in_many_units(client: Client):
    desk = Desk()
    client.force_login(desk.account)
    url, counts = reverse("documents:detail", args=[desk.first.pk]), []
    for more in (desk.tree.north, desk.tree.south, desk.tree.direct):
        make_holder(more, Role.CLERK, account=desk.account)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2]

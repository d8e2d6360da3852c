"""Documents go out and come in as packets; every state is told, kept and put down in the log."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.db import transaction

from trienkhai.audit.models import Act
from trienkhai.cli import main
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import register_document, withdraw_document
from trienkhai.documents.models import Book, Document
from trienkhai.documents.tests.make import files_on_disk, paper
from trienkhai.exchange import rules
from trienkhai.exchange.actions import answer_recall, ask_back, send_document, take_packets, tell_state
from trienkhai.exchange.edxml import Attachment, Organ, Status, read_edxml
from trienkhai.exchange.models import Correspondent, Dispatch
from trienkhai.exchange.tests.test_edxml import packet, written
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import DAY, NOON, Tree, make_holder
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


class Axis:
    """The north writes to the south; each has a clerk and a code, and a carrier moves what lies in `out` to `in`."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.folder = Tree(), folder
        self.north, self.south = self.tree.north, self.tree.south
        self.sender = make_holder(self.north, Role.CLERK)
        self.receiver = make_holder(self.south, Role.CLERK)
        self.codes = {
            unit.pk: Correspondent.objects.create(organ_id=code, name=unit.name, unit=unit)
            for unit, code in ((self.north, "000.01.MH"), (self.south, "000.02.MH"))
        }

    def issued(self) -> Document:
        document = register_document(
            self.north,
            io.BytesIO(paper().encode()),
            name="nghi-quyet.txt",
            not_secret=True,
            book=Book.OUT,
            fields={"issuer_name": self.north.name},
            by=self.sender,
            at=NOON,
        )
        Document.objects.filter(pk=document.pk).update(issuer=self.north)
        return Document.objects.get(pk=document.pk)

    def send(self, document: Document | None = None) -> list[Dispatch]:
        chosen = [self.codes[self.south.pk]]
        return send_document((document or self.issued()).pk, self.north, chosen, by=self.sender, at=NOON)

    def carry(self) -> list[str]:
        """Everything in `out` to `in`; returns the names."""
        (self.folder / "in").mkdir(parents=True, exist_ok=True)
        return [path.rename(self.folder / "in" / path.name).name for path in self._found("out")]

    def _found(self, name: str) -> list[Path]:
        return sorted((self.folder / name).glob("*")) if (self.folder / name).exists() else []

    def left(self, name: str) -> int:
        return len(self._found(name))

    def take(self, unit: Unit, by: Any) -> list[tuple[str, str]]:
        taken = take_packets(unit, not_secret=True, by=by, at=NOON)
        return [(row.outcome, row.sentence) for row in taken]

    def put(self, content: bytes, name: str = "x.edxml") -> None:
        (self.folder / "in").mkdir(parents=True, exist_ok=True)
        (self.folder / "in" / name).write_bytes(content)


@pytest.fixture
def axis(own_folders: Path) -> Axis:
    return Axis(own_folders)


def test_document_arrives_in_the_incoming_book_and_its_sender_hears_of_it(axis: Axis):
    sent = axis.send()[0]
    axis.carry()

    taken = axis.take(axis.south, axis.receiver)
    axis.carry()
    heard = axis.take(axis.north, axis.sender)

    arrived = Document.objects.get(owner=axis.south)
    assert [outcome for outcome, _sentence in taken] == ["document"]
    assert (arrived.symbol, arrived.title, arrived.issuer_name) == (
        "12-NQ/ĐUTHU",
        sent.document.title,
        axis.north.name,
    )
    assert arrived.entries.get().book == Book.IN
    assert arrived.files.get().file.sha256 == sent.document.files.get().file.sha256
    assert [outcome for outcome, _sentence in heard] == ["state", "state"]
    assert list(sent.states.values_list("code", flat=True)) == ["01", "03"]
    assert (axis.left("in"), axis.left("out"), axis.left("refused")) == (0, 0, 0)
    verbs = Act.objects.filter(verb__in=("document.sent", "document.state_heard")).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["document.sent", *["document.state_heard"] * 2]


def test_same_packet_twice_is_one_document_and_is_told_so(axis: Axis):
    axis.send()
    name = axis.carry()[0]
    content = (axis.folder / "in" / name).read_bytes()

    axis.take(axis.south, axis.receiver)
    axis.put(content, name)
    again = axis.take(axis.south, axis.receiver)

    assert [outcome for outcome, _sentence in again] == ["again"]
    assert Document.objects.filter(owner=axis.south).count() == 1


def test_document_is_sent_to_nobody_twice(axis: Axis):
    document = axis.issued()
    axis.send(document)

    with pytest.raises(ValidationError, match="đều đã được gửi"):
        axis.send(document)

    assert axis.left("out") == 1


def test_document_that_was_withdrawn_is_sent_to_nobody(axis: Axis):
    document = axis.issued()
    withdraw_document(document.pk, reason="Ban hành nhầm", by=axis.sender, at=NOON)

    with pytest.raises(Refused, match="đã bị thu hồi"):
        axis.send(document)

    assert (axis.left("out"), Dispatch.objects.count()) == (0, 0)


def test_packet_is_not_in_the_folder_when_its_transaction_fails(axis: Axis):
    document = axis.issued()

    with pytest.raises(RuntimeError), transaction.atomic():
        axis.send(document)
        raise RuntimeError

    assert [path.suffix for path in axis._found("out")] == [".part"]
    assert Dispatch.objects.count() == 0


@pytest.mark.parametrize("missing", ["symbol", "file", "code"])
def test_document_that_lacks_what_a_packet_needs_is_not_sent(axis: Axis, missing: str):
    document = axis.issued()
    if missing == "symbol":
        Document.objects.filter(pk=document.pk).update(symbol="")
    elif missing == "file":
        document.files.all().delete()
    else:
        Correspondent.objects.filter(unit=axis.north).delete()

    with pytest.raises(ValidationError):
        axis.send(document)

    assert (Dispatch.objects.count(), axis.left("out")) == (0, 0)


def test_secret_document_is_removed_and_its_sender_told(axis: Axis):
    axis.send()
    name = axis.carry()[0]
    axis.put(b"", "trống.edxml")
    (axis.folder / "in" / name).unlink()
    secret = "TỐI MẬT\n" + paper()
    axis.put(written(_packet_to_south(secret.encode())), name)

    outcomes = [outcome for outcome, _sentence in axis.take(axis.south, axis.receiver)]

    assert sorted(outcomes) == ["refused", "secret"]
    assert Document.objects.filter(owner=axis.south).count() == 0
    assert (axis.left("in"), axis.left("refused")) == (0, 1)
    assert _last_status(axis).code == "02"


@pytest.mark.parametrize(("name", "outcome"), [("phu-luc.txt", "secret"), ("chay.exe", "refused")])
def test_packet_leaves_nothing_here_because_of_one_of_its_attachments(axis: Axis, name: str, outcome: str):
    given = _packet_to_south(paper().encode())
    given.attachments += [Attachment(name, "text/plain", io.BytesIO(f"TỐI MẬT\n{paper()}".encode()))]
    axis.put(written(given))

    outcomes = [outcome for outcome, _sentence in axis.take(axis.south, axis.receiver)]

    assert outcomes == [outcome]
    assert (Document.objects.count(), files_on_disk()) == (0, [])
    assert (axis.left("in"), axis.left("refused")) == (0, int(outcome == "refused"))


def _packet_to_south(content: bytes, name: str = "nghi-quyet.txt") -> Any:
    return packet(
        recipients=[Organ("000.02.MH", "Nam")], attachments=[Attachment(name, "text/plain", io.BytesIO(content))]
    )


def _last_status(axis: Axis) -> Status:
    found = read_edxml(io.BytesIO(axis._found("out")[-1].read_bytes()), limit=10**6)
    assert isinstance(found, Status)
    return found


def test_packet_without_a_readable_file_is_set_aside_and_refused_to_its_sender(axis: Axis):
    axis.put(written(_packet_to_south(b"\x89PNG", "anh.png")))

    outcomes = axis.take(axis.south, axis.receiver)

    assert [outcome for outcome, _sentence in outcomes] == ["refused"]
    assert (axis.left("in"), axis.left("refused")) == (0, 1)
    assert _last_status(axis).code == "02"


def test_packet_for_another_organisation_stays_where_it_is(axis: Axis):
    axis.send()
    axis.carry()

    assert axis.take(axis.north, axis.sender) == []
    assert axis.left("in") == 1


def test_state_of_a_document_never_sent_from_here_is_set_aside(axis: Axis):
    axis.send()
    axis.carry()
    axis.take(axis.south, axis.receiver)
    axis.carry()
    Dispatch.objects.filter(direction="out").delete()

    outcomes = [outcome for outcome, _sentence in axis.take(axis.north, axis.sender)]

    assert outcomes == ["refused", "refused"]


def test_receiver_tells_how_far_the_document_is(axis: Axis):
    sent = axis.send()[0]
    axis.carry()
    axis.take(axis.south, axis.receiver)
    came = Dispatch.objects.get(direction="in")

    tell_state(came.pk, "06", "Đã ban hành kế hoạch", by=axis.receiver, at=NOON)
    axis.carry()
    axis.take(axis.north, axis.sender)

    sent.refresh_from_db()
    assert sent.state == "06"
    assert sent.states.last().description == "Đã ban hành kế hoạch"
    with pytest.raises(ValidationError):
        tell_state(came.pk, "99", by=axis.receiver, at=NOON)


@pytest.mark.parametrize(("agree", "code"), [(True, "15"), (False, "16")])
def test_document_asked_back_is_decided_by_a_person(axis: Axis, agree: bool, code: str):
    sent = axis.send()[0]
    axis.carry()
    axis.take(axis.south, axis.receiver)

    ask_back(sent.pk, "Có sai sót trong phụ lục", by=axis.sender, at=NOON)
    axis.carry()
    outcomes = [outcome for outcome, _sentence in axis.take(axis.south, axis.receiver)]
    came = Dispatch.objects.get(direction="in")
    assert (came.state, came.recall_reason) == ("13", "Có sai sót trong phụ lục")
    answer_recall(came.pk, agree, "Đã dùng để giao việc", by=axis.receiver, at=NOON)
    axis.carry()
    axis.take(axis.north, axis.sender)

    sent.refresh_from_db()
    assert "recall" in outcomes
    assert sent.state == code
    kept = Document.objects.get(owner=axis.south)
    assert (kept.withdrawn_at is not None, kept.withdrawn_reason) == (
        agree,
        "Có sai sót trong phụ lục" if agree else "",
    )


def test_what_may_not_be_said_of_a_packet_is_refused(axis: Axis):
    sent = axis.send()[0]
    axis.carry()
    axis.take(axis.south, axis.receiver)
    came = Dispatch.objects.get(direction="in")
    stranger = make_holder(axis.tree.direct, Role.CLERK)

    for act in (
        lambda: ask_back(sent.pk, "x", by=stranger, at=NOON),
        lambda: ask_back(came.pk, "x", by=axis.receiver, at=NOON),
        lambda: tell_state(sent.pk, "06", by=axis.sender, at=NOON),
        lambda: tell_state(came.pk, "06", by=axis.sender, at=NOON),
        lambda: answer_recall(came.pk, True, by=axis.receiver, at=NOON),
        lambda: take_packets(axis.south, not_secret=True, by=stranger, at=NOON),
        lambda: send_document(came.document_id, axis.south, [], by=axis.receiver, at=NOON),
    ):
        with pytest.raises(Refused):
            act()

    ask_back(sent.pk, "nhầm", by=axis.sender, at=NOON)
    with pytest.raises(Refused, match="đã được yêu cầu lấy lại"):
        ask_back(sent.pk, "nhầm", by=axis.sender, at=NOON)


def test_packets_are_visible_to_those_who_register_for_the_unit(axis: Axis):
    axis.send()
    above = make_holder(axis.tree.bloc, Role.LEADER)
    focal = make_holder(axis.north, Role.FOCAL)

    seen = {
        name: rules.visible_dispatches(person, DAY).count()
        for name, person in (("sender", axis.sender), ("receiver", axis.receiver), ("above", above), ("focal", focal))
    }

    assert seen == {"sender": 1, "receiver": 0, "above": 0, "focal": 0}


def test_taking_in_without_the_declaration_takes_nothing(axis: Axis):
    axis.send()
    axis.carry()

    with pytest.raises(ValidationError, match="bí mật nhà nước"):
        take_packets(axis.south, not_secret=False, by=axis.receiver, at=NOON)

    assert axis.left("in") == 1


def test_commands_give_codes_and_take_packets_in(axis: Axis):
    def run(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(main, ["edxml", *words])
        return answer.exit_code, answer.output

    axis.send()
    axis.carry()
    who = ["--as", axis.south.code, "--by", axis.receiver.username]

    entered = run("organ", "000.09.MH", "--name", "Cơ quan ngoài")
    nameless = run("organ", "000.10.MH")
    second_code = run("organ", "000.11.MH", "--unit", axis.south.code)
    undeclared = run("take", *who)
    taken = run("take", *who, "--not-secret")

    assert entered[0] == 0
    assert Correspondent.objects.get(organ_id="000.09.MH").unit is None
    assert (nameless[0], second_code[0], undeclared[0]) == (1, 1, 1)
    assert taken[0] == 0 and "đã vào sổ văn bản đến" in taken[1]
    assert Document.objects.filter(owner=axis.south).count() == 1


def test_of_two_clerks_who_take_in_at_once_one_takes_each_packet(axis: Axis):
    axis.send()
    axis.carry()
    second = make_holder(axis.south, Role.CLERK)

    results = at_once(
        *[lambda by=by: axis.take(axis.south, fresh(by)) for by in (axis.receiver, second, axis.receiver)]
    )

    assert not [result for result in results if isinstance(result, Exception)]
    outcomes = [outcome for result in results for outcome, _sentence in result]
    assert outcomes == ["document"]
    assert (Document.objects.filter(owner=axis.south).count(), axis.left("in")) == (1, 0)


def test_state_heard_by_two_at_once_is_kept_once(axis: Axis):
    sent = axis.send()[0]
    axis.carry()
    axis.take(axis.south, axis.receiver)
    axis.carry()

    results = at_once(*[lambda: axis.take(axis.north, fresh(axis.sender))] * 3)

    assert not [result for result in results if isinstance(result, Exception)]
    assert list(sent.states.order_by("code").values_list("code", flat=True)) == ["01", "03"]


def test_packet_for_two_units_of_ours_reaches_both(axis: Axis):
    direct = axis.tree.direct
    third = Correspondent.objects.create(organ_id="000.03.MH", name=direct.name, unit=direct)
    clerk = make_holder(direct, Role.CLERK)
    to = [axis.codes[axis.south.pk], third]
    sent = send_document(axis.issued().pk, axis.north, to, by=axis.sender, at=NOON)
    axis.carry()

    first = [axis.take(axis.south, axis.receiver) for _twice in range(2)]
    second = axis.take(direct, clerk)

    assert [[outcome for outcome, _sentence in taken] for taken in (*first, second)] == [["document"], [], ["document"]]
    assert (axis.left("in"), len(sent)) == (0, 2)
    assert Document.objects.filter(owner__in=(axis.south, direct)).count() == 2


def test_file_left_by_one_who_was_broken_off_is_taken_in_later(axis: Axis):
    axis.send()
    name = axis.carry()[0]
    left = (axis.folder / "in" / name).rename(axis.folder / "in" / f"{name}.taking")

    assert axis.take(axis.south, axis.receiver) == []
    os.utime(left, (0, 0))
    assert [outcome for outcome, _sentence in axis.take(axis.south, axis.receiver)] == ["document"]
    assert axis.left("in") == 0

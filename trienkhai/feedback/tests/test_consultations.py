"""A draft is put before units clause by clause; each other wording is answered; the table tells all of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import change_draft, quarantine_document
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.tests.make_drafts import finish
from trienkhai.feedback import actions, papers
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.actions import Opinions, Question, Said
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Passage
from trienkhai.feedback.queries.consultations import closed_unanswered, figures_of, units_asked
from trienkhai.feedback.queries.passages import clauses_of, stamp_of
from trienkhai.feedback.tests.make import House
from trienkhai.norms.loading import load_norms
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db
ON = date(2017, 3, 10)


@pytest.fixture
def house() -> House:
    load_norms()
    return House()


def asked_of(made: Consultation, unit) -> Asked:
    return Asked.objects.select_related("consultation").get(consultation=made, unit=unit)


def test_a_draft_is_taken_apart_into_its_clauses(house):
    found = clauses_of(house.draft())

    assert [one.label for one in found] == [
        "Phần mở đầu", "I", "I › 1", "II", "II › 1", "II › 2", "III",
    ]  # fmt: skip
    assert found[4].text.splitlines() == [
        "Công tác tuyên truyền",
        "a) Giao Ban Tuyên giáo chủ trì, hoàn thành trước ngày 30/6/2017.",
        "- Báo cáo kết quả về Văn phòng.",
    ]
    assert "1 | Xây dựng quy chế làm việc" in found[5].text


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        ("", []),
        ("Chỉ một đoạn.", ["Phần mở đầu"]),
        ("Điều 1. A\n\n1. B\n\nĐiều 2. C", ["Điều 1", "Điều 1 › 1", "Điều 2"]),
        ("Chương I\n\nĐiều 1. A", ["Chương I", "Chương I › Điều 1"]),
    ],
)
def test_clauses_are_named_by_what_they_stand_in(house, body, labels):
    assert [one.label for one in clauses_of(house.draft(body=body))] == labels


def test_those_asked_are_told_and_see_the_words_as_they_were_then(house):
    draft = house.draft()
    made = house.consultation(source=draft, clauses=[1, 2], text="Nhất là phần I.")
    change_draft(
        draft.pk, {name: getattr(draft, name) for name in WORDS} | {"body": "Khác hẳn."}, base=1, by=house.officer,
        at=at(7, 3),
    )  # fmt: skip

    passages = list(Passage.objects.filter(consultation=made).order_by("position").values_list("label", flat=True))
    assert passages == ["Ý kiến chung", "I", "I › 1"]
    assert rules.visible_consultations(house.focal, ON).get() == made
    assert not rules.visible_consultations(house.stranger, ON).exists()
    assert not rules.visible_consultations(house.member, ON).exists()
    assert Notice.objects.filter(kind="consultation_opened").exists()
    act = Act.objects.get(verb="consultation.opened")
    assert made.title not in act.target_label and act.count == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"due_on": date(2017, 3, 5)}, "due_on"),
        ({"units": ()}, "units"),
        ({"clauses": []}, "clauses"),
        ({"clauses": [99]}, "clauses"),
        ({"stamp": "d1.99"}, "clauses"),
    ],
)
def test_a_consultation_that_cannot_be_held_is_refused_at_its_field(house, words, field):
    given = {"due_on": date(2017, 3, 20), "units": (house.tree.north1,)} | words
    draft = house.draft()

    with pytest.raises(ValidationError) as fault:
        actions.open_consultation(house.tree.north, draft, Question(**given), by=house.officer, at=at(6, 3))

    assert list(fault.value.error_dict) == [field] and not Consultation.objects.exists()


def test_only_those_who_prepare_ask_and_only_about_what_is_theirs(house):
    draft, tree = house.draft(), house.tree
    question = Question(date(2017, 3, 20), (tree.north1,))
    foreign = make_document(tree.bloc, published="all")
    outsider = make_holder(tree.south, Role.OFFICER)
    for unit, source, who in (
        (tree.north, draft, house.focal),
        (tree.north, draft, outsider),
        (tree.south, draft, outsider),
        (tree.north, foreign, house.officer),
        (tree.north, house.draft(body=""), house.officer),
    ):
        with pytest.raises(Refused):
            actions.open_consultation(unit, source, question, by=who, at=at(6, 3))
    finish(draft, house.leader)
    with pytest.raises(Refused):
        actions.open_consultation(tree.north, draft, question, by=house.officer, at=at(6, 3))
    with pytest.raises(ValidationError):
        actions.open_consultation(
            tree.north, house.draft(), Question(date(2017, 3, 20), (tree.north,)), by=house.officer, at=at(6, 3)
        )
    assert not Consultation.objects.exists()


def test_opinions_are_stored_then_sent_once_and_until_then_only_the_unit_sees_them(house):
    made = house.consultation()
    asked = asked_of(made, house.tree.north1)
    first = made.passages.get(position=1)
    said = {first.pk: Said("other", "Gộp hai ý.", "Trùng nhau.")}
    actions.store_opinions(asked.pk, Opinions(said), by=house.focal, at=at(7, 3))
    assert not rules.visible_opinions(house.officer, ON).exists()

    with pytest.raises(ValidationError) as overtaken:
        actions.store_opinions(asked.pk, Opinions({}), by=house.focal, at=at(8, 3))
    actions.store_opinions(asked.pk, Opinions(said, 1), send=True, by=house.focal, at=at(21, 3))

    assert overtaken.value.code == "overtaken"
    assert rules.visible_opinions(house.officer, ON).get().wording == "Gộp hai ý."
    asked.refresh_from_db()
    assert asked.is_late(made.due_on, ON) and asked.sent_by == house.focal
    with pytest.raises(Refused):
        actions.store_opinions(asked.pk, Opinions(said, 2), by=house.focal, at=at(22, 3))


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (Said("other", "", "Vì trùng."), False),
        (Said("other", "Gộp.", "  "), False),
        (Said("agrees", "Gộp."), False),
        (Said("burn", "Gộp."), True),
        (None, True),
    ],
)
def test_an_opinion_that_says_nothing_is_refused_beside_its_clause(house, said, whole):
    made = house.consultation()
    first = made.passages.get(position=1)
    opinions = Opinions({first.pk: said} if said else {})

    with pytest.raises(ValidationError) as fault:
        actions.store_opinions(asked_of(made, house.tree.north1).pk, opinions, send=True, by=house.focal, at=at(7, 3))

    assert hasattr(fault.value, "error_dict") is not whole
    assert not ClauseOpinion.objects.exists()


def test_a_clause_of_another_consultation_is_refused(house):
    made, other = house.consultation(), house.consultation()
    opinions = Opinions({other.passages.get(position=1).pk: Said("agrees")})

    with pytest.raises(ValidationError):
        actions.store_opinions(asked_of(made, house.tree.north1).pk, opinions, by=house.focal, at=at(7, 3))


def test_every_other_wording_is_answered_with_a_reason_before_the_closing(house):
    made = house.consultation()
    opinion = house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3))
    for outcome, reason in (("", "x"), ("burn", "x"), ("not_taken", " "), ("partly", "")):
        with pytest.raises(ValidationError):
            actions.reply(opinion.pk, outcome, reason, by=house.officer, at=at(8, 3))
    with pytest.raises(Refused, match="1"):
        actions.close_consultation(made.pk, by=house.officer, at=at(8, 3))
    with pytest.raises(Refused):
        actions.reply(opinion.pk, "taken", "", by=house.focal, at=at(8, 3))
    agreed = ClauseOpinion.objects.get(stance="agrees")
    with pytest.raises(Refused):
        actions.reply(agreed.pk, "taken", "", by=house.officer, at=at(8, 3))

    actions.reply(opinion.pk, "not_taken", "Hai ý khác nhau.", by=house.officer, at=at(8, 3))
    actions.reply(opinion.pk, "taken", "", by=house.leader, at=at(9, 3))
    closed = actions.close_consultation(made.pk, reason="Gấp.", by=house.officer, at=at(10, 3))

    assert closed.closed_on == ON and not closed_unanswered().exists()
    opinion.refresh_from_db()
    assert (opinion.reply, opinion.replied_by) == ("taken", house.leader)
    late = asked_of(made, house.tree.north2)
    for act in (
        lambda: actions.reply(opinion.pk, "taken", "", by=house.officer, at=at(11, 3)),
        lambda: actions.close_consultation(made.pk, by=house.officer, at=at(11, 3)),
        lambda: actions.store_opinions(late.pk, Opinions(), by=make_holder(late.unit, Role.FOCAL), at=at(11, 3)),
    ):
        with pytest.raises(Refused):
            act()


def test_nobody_answers_an_opinion_that_they_sent(house):
    made = house.consultation()
    both = make_holder(house.tree.north, Role.OFFICER)
    make_holder(house.tree.north1, Role.FOCAL, account=both)
    opinion = house.opine(asked_of(made, house.tree.north1), by=both, when=at(7, 3))

    with pytest.raises(Refused):
        actions.reply(opinion.pk, "taken", "", by=both, at=at(8, 3))


def test_the_table_counts_what_was_said_and_names_who_is_silent(house):
    made = house.consultation(house.tree.north1, house.tree.north2, house.tree.south1)
    house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3), wording="Gộp | hai\ný.")
    taken = house.opine(asked_of(made, house.tree.south1), by=house.stranger, when=at(21, 3))
    actions.reply(taken.pk, "partly", "Chỉ ý đầu.", by=house.officer, at=at(22, 3))

    figures = figures_of(made, Asked.objects.all(), ClauseOpinion.objects.all())
    body = papers.body_of(made, date(2017, 3, 22))

    assert (figures.asked, figures.units) == (3, {"da-gui": 2, "tre": 1, "chua-gui": 1, "khong-con": 0})
    assert figures.opinions == {
        "thong-nhat": 2, "y-kien-khac": 2, "tiep-thu": 0, "mot-phan": 1, "khong-tiep-thu": 0, "cho": 1
    }  # fmt: skip
    assert "được lấy ý kiến: 3; số đơn vị đã gửi ý kiến: 2, trong đó gửi sau thời hạn: 1; số đơn vị chưa gửi: 1" in body
    assert "| Gộp / hai ý. (Lý do: Hai ý trùng nhau.) | Đang xem xét. |" in body
    assert "Tiếp thu một phần. Chỉ ý đầu." in body
    assert f"Đơn vị chưa gửi ý kiến: {house.tree.north2.name}." in body
    composition = papers.composition_of(made, date(2017, 3, 22))
    assert composition.title[0].text == "BẢNG TỔNG HỢP"


def test_a_unit_that_was_asked_reads_its_own_opinions_only(house):
    made = house.consultation(house.tree.north1, house.tree.south1)
    own = house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3))
    house.opine(asked_of(made, house.tree.south1), by=house.stranger, when=at(7, 3))
    inspector = make_holder(house.tree.bloc, Role.INSPECTOR)

    assert {row.asked_id for row in rules.visible_opinions(house.focal, ON)} == {own.asked_id}
    assert rules.visible_opinions(house.officer, ON).count() == rules.visible_opinions(inspector, ON).count() == 4
    assert [row.unit for row in units_asked(rules.visible_asked(house.focal, ON), made)] == [house.tree.north1]
    assert not rules.oversees(house.focal, made, ON) and rules.oversees(inspector, made, ON)


def test_the_successor_gives_what_was_owed_and_goes_on_asking(house):
    tree, admin = house.tree, make_holder(house.tree.bloc, Role.ADMIN)
    both = house.consultation(tree.north1, tree.north2)
    alone = house.consultation(tree.north1)
    sent = asked_of(house.consultation(tree.north1), tree.north1)
    house.opine(sent, by=house.focal, when=at(7, 3))

    end_unit(tree.north1.pk, tree.north2.pk, by=admin, at=at(8, 3))

    assert asked_of(both, tree.north1).released_on and asked_of(both, tree.north2).is_awaited
    assert asked_of(alone, tree.north2).is_awaited
    sent.refresh_from_db()
    assert sent.unit == tree.north1 and sent.released_on is None


def test_a_consultation_goes_on_with_the_successor_which_owes_itself_nothing(house):
    tree, admin = house.tree, make_holder(house.tree.bloc, Role.ADMIN)
    made = house.consultation(tree.south, tree.south1)
    for unit in (tree.north1, tree.north2):
        end_unit(unit.pk, tree.south1.pk, by=admin, at=at(7, 3))

    end_unit(tree.north.pk, tree.south.pk, by=admin, at=at(8, 3))

    made.refresh_from_db()
    assert made.unit == tree.south
    assert asked_of(made, tree.south).released_on and asked_of(made, tree.south1).is_awaited


def test_a_document_that_is_locked_away_takes_the_consultations_on_its_draft_with_it(house):
    draft = house.draft()
    made, kept = house.consultation(source=draft), house.consultation()
    house.opine(asked_of(made, house.tree.north1), by=house.focal, when=at(7, 3))
    document = finish(draft, house.leader)

    quarantine_document(document.pk, by=house.leader, at=at(9, 3))

    assert list(Consultation.objects.all()) == [kept] and not ClauseOpinion.objects.exists()
    assert stamp_of(kept.draft) == f"d{kept.draft_id}.1"

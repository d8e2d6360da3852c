"""People and workers at the same time: one answer, one batch, one letter for each proof of work."""

from datetime import timedelta

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import Document
from trienkhai.feedback import actions
from trienkhai.feedback.models import Asked, ClauseOpinion, Letter, PendingLetter, Proposal
from trienkhai.feedback.queries.consultations import closed_unanswered
from trienkhai.feedback.tests.make import DAY, House, easy, send, work
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_ending import end_unit
from trienkhai.tasks.tests.make import at, make_document
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def test_of_two_leaders_who_answer_at_once_one_wins(house):
    made, second = house.proposal(), make_holder(house.tree.north, Role.LEADER)

    results = at_once(
        *[
            lambda who=who: actions.answer(made.pk, "taken", "Đồng ý.", by=fresh(who), at=at(7, 3))
            for who in (house.leader, second)
        ]
    )

    assert refused(results) == 1, results
    assert Act.objects.filter(verb="proposal.answered").count() == 1


def test_a_document_locked_away_just_then_is_not_linked_to_an_answer(house):
    made, document = house.proposal(), make_document(house.tree.north)

    at_once(
        lambda: actions.answer(made.pk, "taken", "Đồng ý.", document=document, by=fresh(house.leader), at=at(7, 3)),
        lambda: quarantine_document(document.pk, by=fresh(house.leader), at=at(7, 3)),
    )

    assert not Document.objects.filter(pk=document.pk).exists()
    made.refresh_from_db()
    assert made.document_id is None


def test_nothing_is_given_to_a_unit_that_just_ends(house):
    tree, admin = house.tree, make_holder(house.tree.bloc, Role.ADMIN)

    results = at_once(
        lambda: end_unit(tree.north1.pk, tree.north2.pk, by=fresh(admin), at=at(7, 3)),
        lambda: house.proposal(to=tree.north1, for_unit=False, by=fresh(house.member), at=at(7, 3)),
    )

    assert not Proposal.objects.filter(held_by=tree.north1).exists(), results


def test_two_workers_hand_each_letter_over_once(house):
    for _n in range(3):
        send(house.tree.north)

    results = at_once(*[lambda: actions.release_letters(on=DAY + timedelta(days=1))] * 2)

    assert sorted(results) == [0, 3], results
    assert (Letter.objects.count(), Act.objects.filter(verb="letters.released").count()) == (3, 1)


def test_a_proof_sent_twice_at_once_lays_one_letter_by(house):
    once = work()

    results = at_once(*[lambda: actions.send_letter(house.tree.north, "Một", work=once, on=DAY)] * 2)

    assert refused(results) == 1, results
    assert PendingLetter.objects.count() == 1


def test_of_two_writers_of_one_unit_the_second_learns_of_the_first(house):
    made = house.consultation()
    asked, second = made.asked.get(unit=house.tree.north1), make_holder(house.tree.north1, Role.FOCAL)
    whole = made.passages.get(position=0).pk

    results = at_once(
        *[
            lambda who=who: actions.store_opinions(
                asked.pk, actions.Opinions({whole: actions.Said("agrees")}), send=True, by=fresh(who), at=at(7, 3)
            )
            for who in (house.focal, second)
        ]
    )

    assert refused(results) == 1 and ClauseOpinion.objects.count() == 1
    assert Act.objects.filter(verb="consultation.opinions_sent").count() == 1


def test_a_consultation_is_not_closed_over_an_opinion_that_is_just_sent(house):
    made = house.consultation()
    asked = made.asked.get(unit=house.tree.north1)
    said = actions.Opinions({made.passages.get(position=1).pk: actions.Said("other", "Gộp.", "Trùng.")})

    results = at_once(
        lambda: actions.store_opinions(asked.pk, said, send=True, by=fresh(house.focal), at=at(7, 3)),
        lambda: actions.close_consultation(made.pk, reason="Gấp.", by=fresh(house.officer), at=at(7, 3)),
    )

    assert refused(results) == 1 and not closed_unanswered().exists()


def test_of_two_who_withdraw_a_consultation_at_once_one_wins(house):
    made = house.consultation()

    results = at_once(
        *[
            lambda who=who: actions.withdraw_consultation(made.pk, reason="Viết lại.", by=fresh(who), at=at(8, 3))
            for who in (house.officer, house.leader)
        ]
    )

    assert refused(results) == 1, results
    assert Act.objects.filter(verb="consultation.withdrawn").count() == 1


def test_opinions_sent_while_the_consultation_is_withdrawn_are_kept_or_refused(house):
    made = house.consultation()
    asked = Asked.objects.select_related("consultation").get(consultation=made, unit=house.tree.north1)

    results = at_once(
        lambda: actions.withdraw_consultation(made.pk, reason="Viết lại.", by=fresh(house.officer), at=at(8, 3)),
        lambda: house.opine(asked, by=fresh(house.focal), when=at(8, 3)),
    )

    asked.refresh_from_db()
    assert refused(results) == (0 if asked.sent_on else 1), results
    assert ClauseOpinion.objects.filter(asked=asked).exists() == bool(asked.sent_on)

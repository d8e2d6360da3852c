"""Two at the same time: one dossier, one end, one draft; nothing is concluded after the end."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Draft
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at
from trienkhai.tasks.tests.test_races import at_once, fresh
from trienkhai.worksessions import actions
from trienkhai.worksessions.models import Conclusion, Dossier
from trienkhai.worksessions.tests.make import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_make_the_dossier_at_once_both_get_the_same():
    cast = Cast()
    session = cast.plan()

    def make(account: Account) -> Dossier:
        return actions.make_dossier(session.pk, day=session.day, by=fresh(account), at=at(10, 3))

    made = at_once(lambda: make(cast.officer), lambda: make(cast.leader))

    assert made[0] == made[1] and Dossier.objects.count() == 1


def test_one_ends_while_another_concludes_and_nothing_is_added_after_the_end():
    cast = Cast()
    session = cast.plan()

    results = at_once(
        lambda: actions.end_session(session.pk, by=fresh(cast.leader), at=at(10, 3)),
        lambda: actions.add_conclusion(session.pk, text="Rà soát", by=fresh(cast.officer), at=at(10, 3)),
    )

    session.refresh_from_db()
    refused = sum(isinstance(one, Refused) for one in results)
    assert session.state == "ended" and Conclusion.objects.count() == 1 - refused


@pytest.mark.parametrize("kind", ["conclusion", "word"])
def test_of_two_who_take_the_same_back_at_once_one_does_and_the_other_is_told(kind: str):
    cast = Cast()
    session = cast.plan()
    if kind == "conclusion":
        part = actions.add_conclusion(session.pk, text="Rà soát", by=cast.officer, at=at(10, 3))
        take_back, people = actions.remove_conclusion, (cast.officer, cast.leader)
    else:
        who = cast.north_focal
        part = actions.add_word(session.pk, kind="difficulty", text="Thiếu người", by=who, at=at(9, 3))
        take_back, people = actions.remove_word, (who, who)

    results = at_once(*(lambda who=who: take_back(part.pk, by=fresh(who), at=at(10, 3)) for who in people))

    assert sum(isinstance(one, Refused) for one in results) == sum(one is None for one in results) == 1
    assert Act.objects.filter(verb=f"worksession.{kind}_removed").count() == 1


def test_of_two_who_draft_the_notice_at_once_both_get_the_same_draft():
    cast = Cast()
    session = cast.held("Rà soát")

    def draft(account: Account) -> Draft:
        return actions.draft_notice(session.pk, by=fresh(account), at=at(10, 3))

    made = at_once(lambda: draft(cast.officer), lambda: draft(cast.leader))

    assert made[0] == made[1] and Draft.objects.count() == 1

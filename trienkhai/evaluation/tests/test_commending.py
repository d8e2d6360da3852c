"""Files of commendation: proposed, seen, decided with a number or refused; the register."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.common.days import OPEN_END
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions
from trienkhai.evaluation.models import Commendation, CommendationPaper
from trienkhai.evaluation.rules_commending import decider_for, visible_commendations
from trienkhai.evaluation.sources import remove_evidence
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Unit
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db


def propose(cast: Cast, **words: Any) -> Commendation:
    given: dict[str, Any] = {
        "kind": "cell",
        "name": "Chi bộ Một",
        "form": "certificate",
        "year": 2017,
        "achievement": "Hoàn thành sớm toàn bộ chương trình",
        "by": cast.secretary,
        "at": WHEN,
    } | words
    return actions.propose_commendation(cast.tree.north1, **given)


def test_proposed_with_evidence_and_opinion_then_decided_into_the_register(client):
    cast = Cast()
    row = propose(cast, sheet=cast.sheet(cast.decided(cast.open())))
    document = make_document(cast.tree.north1)
    actions.add_evidence(row.pk, document, by=cast.secretary, at=WHEN)
    actions.give_opinion(row.pk, text="Đồng ý", by=cast.appraiser, at=WHEN)
    assert row.decider == cast.tree.north
    with pytest.raises(Refused):
        actions.commend(row.pk, number="12-QĐ/ĐUMH", decided_on=WHEN.date(), by=cast.appraiser, at=WHEN)

    actions.commend(row.pk, number="12-QĐ/ĐUMH", decided_on=WHEN.date(), by=cast.north_leader, at=WHEN)

    assert Notice.objects.filter(kind="commendation_answered").exists()
    with pytest.raises(Refused):
        actions.add_evidence(row.pk, document, by=cast.secretary, at=WHEN)
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 7, 6)})
    client.force_login(cast.inspector)
    register = client.get(reverse("evaluation:register"), {"nam": 2017}).content.decode()
    assert "12-QĐ/ĐUMH" in register and "Chi bộ Một" in register
    assert "Đồng ý" in client.get(reverse("evaluation:commendation", args=[row.pk])).content.decode()
    client.force_login(cast.member)
    assert client.get(reverse("evaluation:register")).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        {"name": " "},
        {"form": "medal"},
        {"year": 2018},
        {"year": 1900},
        {"achievement": ""},
        {"achievement": "TUYỆT MẬT"},
    ],
)
def test_a_proposal_without_who_what_or_a_real_year_is_refused(words: dict[str, Any]):
    with pytest.raises(ValidationError):
        propose(Cast(), **words)


def test_who_proposed_does_not_decide_and_a_refusal_has_a_reason():
    cast = Cast()
    own = actions.propose_commendation(
        cast.tree.bloc,
        kind="person",
        name="Người Một",
        form="praise",
        year=2017,
        achievement="x",
        by=cast.leader,
        at=WHEN,
    )
    with pytest.raises(Refused):
        actions.commend(own.pk, number="1", decided_on=WHEN.date(), by=cast.leader, at=WHEN)
    row = propose(cast)
    with pytest.raises(ValidationError):
        actions.refuse_commendation(row.pk, reason=" ", by=cast.north_leader, at=WHEN)
    with pytest.raises(ValidationError):
        actions.commend(row.pk, number="1", decided_on=date(2017, 7, 20), by=cast.north_leader, at=WHEN)

    row = actions.refuse_commendation(row.pk, reason="Chưa đủ hồ sơ", by=cast.north_leader, at=WHEN)

    assert row.state == "refused"
    with pytest.raises(Refused):
        actions.commend(row.pk, number="1", decided_on=WHEN.date(), by=cast.north_leader, at=WHEN)


def test_proposals_are_seen_by_both_units_alone_until_they_are_decided():
    cast = Cast()
    row = propose(cast)
    day = WHEN.date()

    seen = {
        name: visible_commendations(getattr(cast, name), day).filter(pk=row.pk).exists()
        for name in ("secretary", "appraiser", "south_leader", "inspector", "leader")
    }

    assert seen == {
        "secretary": True, "appraiser": True, "south_leader": False, "inspector": False, "leader": False
    }  # fmt: skip


def test_an_attached_body_is_commended_by_the_unit_it_belongs_to():
    cast = Cast()
    tree = cast.tree
    for unit, above in ((tree.office, tree.bloc), (tree.north1, tree.north), (tree.bloc, tree.bloc)):
        assert decider_for(Unit.objects.select_related("present").get(pk=unit.pk)) == above


def test_forms_are_those_of_the_unit_that_decides_and_stand_by_name_in_the_register(client):
    cast = Cast()
    norm = Norm.objects.get(key="commendation.forms", place="", valid_to=OPEN_END)
    own = norm.value | {"cup": {"vi": "Cờ của Đảng bộ Bắc", "en": "Flag"}}
    below = norm.value | {"mug": {"vi": "Cốc của Bắc Một", "en": "Mug"}}
    for place, value in ((cast.tree.north.path, own), (cast.tree.north1.path, below)):
        norm.pk, norm.place, norm.value = None, place, value
        norm.save()
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 7, 6)})
    client.force_login(cast.secretary)

    form = client.get(reverse("evaluation:commendation_propose", args=[cast.tree.north1.pk])).content.decode()
    propose(cast, form="cup")

    assert "Cờ của Đảng bộ Bắc" in form and "Cốc của Bắc Một" not in form
    client.force_login(cast.appraiser)
    assert "Cờ của Đảng bộ Bắc" in client.get(reverse("evaluation:register")).content.decode()


def test_a_year_of_any_length_is_no_fault_and_all_that_wait_are_counted(client):
    cast = Cast()
    row = propose(cast)
    rows = [Commendation.objects.get(pk=row.pk) for _n in range(54)]
    for one in rows:
        one.pk = None
    Commendation.objects.bulk_create(rows)
    client.force_login(cast.appraiser)

    shown = client.get(reverse("evaluation:register"), {"nam": "1" * 5000})

    assert shown.status_code == 200
    heading = shown.content.decode().split('id="waiting-title"')[1].split("</h2>")[0]
    assert ">55<" in heading


def test_evidence_leaves_with_a_document_that_is_locked_away():
    cast = Cast()
    row = propose(cast)
    document = make_document(cast.tree.north1)
    paper = actions.add_evidence(row.pk, document, by=cast.secretary, at=WHEN)

    removed = remove_evidence(document)

    assert removed["evaluation.commendationpaper"] == [paper.pk] and not CommendationPaper.objects.exists()

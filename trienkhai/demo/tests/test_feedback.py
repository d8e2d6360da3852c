"""The demo's voice from below: a proposal climbs and becomes a task, feedback is answered, a draft goes round."""

from datetime import date

import pytest

from trienkhai.common.clock import moment
from trienkhai.demo import organisation
from trienkhai.demo.books import office
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.feedback import speak_up
from trienkhai.documents.actions import register_document
from trienkhai.feedback.models import ClauseOpinion, Letter, Proposal, Remark
from trienkhai.orgs.models import Unit

pytestmark = pytest.mark.django_db
ISSUED = date(2017, 12, 1)


def test_all_ways_of_speaking_up_are_played():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc, people = Unit.objects.select_related("present").get(pk=units["MH"].pk), office()
    fields = {"doc_type": "Kế hoạch", "number": "90", "symbol": "90-KH/ĐUMH", "title": "tổng kết", "issued_on": ISSUED}
    fields |= {"issuer_name": "Đảng ủy Khối Minh Họa", "signer_name": people.leader.name, "signer_role": "Bí thư"}
    register_document(
        bloc, text="Kế hoạch tổng kết.", not_secret=True, fields=fields, by=people.clerk, at=moment(ISSUED, 8)
    )

    done = speak_up(bloc)

    assert done == {"proposals": 1, "answered": 2, "asked": 3, "given": 2}
    made = Proposal.objects.get()
    assert made.outcome == "taken" and made.issue and made.steps.count() == 1 and made.held_by == bloc
    assert Remark.objects.get().answer and Letter.objects.get().answer
    assert ClauseOpinion.objects.get(stance="other").reply == "partly"

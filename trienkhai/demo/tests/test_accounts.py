"""The demo's invitation is open and its review of rights is half done."""

from datetime import date

import pytest

from trienkhai.common.clock import moment
from trienkhai.demo import organisation
from trienkhai.demo.accounts import invite_and_review
from trienkhai.demo.building import store_people, store_units
from trienkhai.orgs.models import Invitation, Review
from trienkhai.orgs.queries_accounts import to_review
from trienkhai.people.models import AccessLink

pytestmark = pytest.mark.django_db
TODAY = date(2017, 12, 15)


def test_one_invitation_waits_and_half_of_the_rights_are_confirmed():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)

    done, left = invite_and_review(units["MH"])

    review, invitation = Review.objects.get(), Invitation.objects.get()
    assert 800 < done <= left < done + 3 and to_review(review, TODAY).count() == left + 1
    assert AccessLink.objects.open(moment(TODAY, 12)).filter(account=invitation.holding.account).exists()

"""The demo's committee: held beside other work, acted in, ending soon, vacant; members told by all units but a few."""

from datetime import date
from itertools import islice

import pytest

from trienkhai.common.clock import moment
from trienkhai.demo import organisation
from trienkhai.demo.books import set_demo_term
from trienkhai.demo.building import BEGIN, store_people, store_units
from trienkhai.demo.cadres import ACTING, SEATS, SILENT, VACANT, make_cadres
from trienkhai.orgs.models import Holding, Manner, Unit
from trienkhai.orgs.queries_members import members_by_branch
from trienkhai.orgs.queries_posts import Wanted, committee_on, posts_of

pytestmark = pytest.mark.django_db
BLOC_BODIES_AND_TWENTY = 26
ON = date(2017, 12, 15)


def test_the_committee_has_a_post_acted_in_one_that_ends_and_one_vacant():
    units = store_units(islice(organisation.units(), BLOC_BODIES_AND_TWENTY))
    store_people((row for row in organisation.posts() if row.unit_code in units), units)
    bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    set_demo_term(bloc, moment(BEGIN))

    settled, members = make_cadres(bloc)

    assert settled >= 10 and members > 0
    titles = {state: [post.title for post in posts_of(Wanted(bloc, ON, state=state))] for state in ("vacant", "ending")}
    assert VACANT in titles["vacant"] and "Ủy viên Ban Chấp hành Đảng bộ Khối" in titles["ending"]
    assert Holding.objects.get(post__title=ACTING).manner == Manner.ACTING
    committee = committee_on(bloc, ON)
    assert 2 < committee.members <= SEATS and not committee.over and committee.term
    whole, _lines = members_by_branch(bloc, ON)
    assert (whole.missing, whole.total) == (SILENT, members)

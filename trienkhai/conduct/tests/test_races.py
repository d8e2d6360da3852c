"""Two at the same time: the collective comments once."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.conduct.tests.make import Cast
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_enter_a_comment_at_once_exactly_one_does():
    cast = Cast()
    review = cast.report()

    results = at_once(
        lambda: cast.comment(review, by=fresh(cast.deputy)),
        lambda: cast.comment(review, by=fresh(cast.secretary)),
    )

    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Act.objects.filter(verb="conduct.commented").count() == 1

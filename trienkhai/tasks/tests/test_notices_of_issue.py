"""Who is told when tasks are issued."""

import pytest

from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import Cast, make_issue

pytestmark = pytest.mark.django_db


def test_issue_tells_the_focal_point_of_every_selected_unit_once_and_nobody_else():
    cast = Cast()
    make_holder(cast.tree.north1, Role.CLERK)
    make_holder(cast.tree.office, Role.FOCAL)

    issue = make_issue(cast, [{}, {}])

    told = Notice.objects.filter(kind="tasks_issued")
    assert sorted(told.values_list("post__unit", flat=True)) == sorted(unit.pk for unit in cast.tree.grassroots)
    assert set(told.values_list("post__role", flat=True)) == {Role.FOCAL}
    assert set(told.values_list("act", flat=True)) == {issue.act}

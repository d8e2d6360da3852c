"""What bears a mark of secrecy standing alone is not written beside a value."""

import pytest
from django.core.exceptions import ValidationError

from trienkhai.indicators import actions
from trienkhai.indicators.models import State, Value
from trienkhai.indicators.tests.make import AFTER_Q1, Cast

pytestmark = pytest.mark.django_db
MARKED = "MẬT\nSố liệu của đơn vị"


@pytest.mark.parametrize("name", ["remark", "correction_reason"])
def test_a_remark_with_a_mark_is_refused_and_nothing_of_the_row_is_kept(name: str):
    cast = Cast()
    cast.give()
    north1, north2 = cast.tree.north1, cast.tree.north2

    outcome = cast.tell(north1, "12", **{name: MARKED})
    sound = cast.tell(north2, "12", **{name: "Theo quy định về bảo vệ bí mật nhà nước"})

    assert list(outcome.faults[cast.holder(north1).pk].message_dict) == [name]
    assert Value.objects.get().holder == cast.holder(north2) and len(sound.sent) == 1


def test_values_are_not_returned_with_a_mark():
    cast = Cast()
    cast.give()
    value = cast.tell(cast.tree.north1, "12").sent[0]

    with pytest.raises(ValidationError):
        actions.return_values([value.pk], reason=MARKED, by=cast.leader, at=AFTER_Q1)

    value.refresh_from_db()
    assert value.state == State.SUBMITTED

"""North's indicator under its focus, given to the units below it, with values of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.common.clock import moment
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning, Telling
from trienkhai.indicators.models import Holder
from trienkhai.orgs.models import Role

if TYPE_CHECKING:
    from tests.world import World

JANUARY, FEBRUARY = date(2017, 1, 1), date(2017, 2, 1)


def indicator_objects(world: World) -> dict[str, int]:
    """Ids by the names under which addresses take them."""
    north, at = world.tree.north, moment(date(2017, 3, 1))
    officer, focal = world.person(Role.OFFICER, "own"), world.person(Role.FOCAL, "own")
    frame = Frame("CT1", "month", JANUARY, enters=True, focus=world.focus)
    indicator = actions.define_indicator(north, frame, Meaning("Số buổi tuyên truyền", "buổi"), by=officer, at=at)
    actions.give_indicator(indicator.pk, north, Gift("children"), by=officer, at=at)
    own = Holder.objects.get(indicator=indicator, unit=north)
    told = [Telling(own.pk, JANUARY, {"number": "3"})]
    sent = actions.tell_values(north, told, submit=True, by=focal, at=at).sent[0]
    actions.approve_values([sent.pk], by=world.person(Role.LEADER, "own"), at=at)
    begun = [Telling(own.pk, FEBRUARY, {"number": "4"})]
    draft = actions.tell_values(north, begun, submit=False, by=focal, at=at).kept[0]
    upload = SimpleUploadedFile("bieu.txt", b"Bieu so lieu")
    evidence = actions.add_file(draft.pk, upload, not_secret=True, by=focal, at=at)
    below = Holder.objects.get(indicator=indicator, unit=world.tree.north1)
    return {
        "indicator": indicator.pk,
        "indicator_own": own.pk,
        "indicator_below": below.pk,
        "value": sent.pk,
        "value_draft": draft.pk,
        "value_file": evidence.pk,
    }

"""Objects of accounts: someone invited, someone whose account is closed, a link to follow, a review of rights."""

from datetime import date
from typing import Any

from trienkhai.common import clock
from trienkhai.orgs.actions.inviting import Guest, close_account, invite
from trienkhai.orgs.actions.reviewing import open_review
from trienkhai.orgs.models import Invitation, Post, Role
from trienkhai.orgs.tests.make import NOON
from trienkhai.people.actions import give_link


def account_objects(world: Any) -> dict[str, Any]:
    """The administrator of north invites two people to posts of its grassroots; one account is closed again."""
    admin, unit = world.person(Role.ADMIN, "own"), world.tree.north1
    coming, going = (Post.objects.create(unit=unit, title=title, role=Role.CLERK) for title in ("Văn thư", "Lưu trữ"))
    day = date(2017, 1, 3)
    came = invite(Guest("Lê Thị Mới", "", coming, day), by=admin, at=NOON)
    gone = invite(Guest("Lê Văn Đóng", "", going, day), by=admin, at=NOON)
    close_account(gone.account.pk, by=admin, at=NOON)
    return {
        "account": came.account.pk,
        "closed_account": gone.account.pk,
        "invitation": Invitation.objects.get(holding__account=came.account).pk,
        "access": give_link(came.account, by=admin, at=clock.now())[1],
        "review": open_review(world.tree.north, 2017, by=admin, at=NOON).pk,
        "kind": "nhiem-vu",
    }

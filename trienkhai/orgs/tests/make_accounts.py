"""Administrators who can sign in, and people invited, for tests."""

from datetime import date
from typing import Any

from trienkhai.orgs.actions.inviting import Guest, Invited, invite
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.people.models import Account

PASSWORD = "một-mật-khẩu-dài-2017"


def make_admin(unit: Unit) -> Account:
    """An administrator of the branch of `unit` who has a password."""
    admin = make_holder(unit, Role.ADMIN)
    admin.set_password(PASSWORD)
    admin.save()
    return admin


def make_post(unit: Unit, title: str = "Văn thư", role: str = Role.CLERK, **fields: Any) -> Post:
    return Post.objects.create(unit=unit, title=title, role=role, **fields)


def invited(post: Post, by: Account, name: str = "Trần Thị Lan", username: str = "", **fields: Any) -> Invited:
    given = {"valid_from": date(2017, 1, 3)} | fields
    return invite(Guest(name, username, post, **given), by=by, at=NOON)

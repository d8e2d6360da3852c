"""On a demo the sign-in page names the accounts."""

from typing import Any

from django.http import HttpRequest

from trienkhai.common.clock import demo_today
from trienkhai.demo.organisation import posts, units

PASSWORD = "minhhoa-2017"


def accounts(request: HttpRequest, obj: Any) -> list[dict[str, str]] | None:
    """One account per role, or nothing on a live site."""
    if demo_today() is None:
        return None
    names = {row.code: row.short_name for row in units()}
    rows = (row for row in posts() if row.signs_in)
    return [
        {"username": row.username, "role": row.title, "unit": names[row.unit_code], "password": PASSWORD}
        for row in rows
    ]

"""Stores the demo's organisation: units, posts, people, focuses."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common.clock import moment
from trienkhai.common.folding import fold, sort_key
from trienkhai.demo.entries import PASSWORD
from trienkhai.demo.organisation import PostRow, UnitRow
from trienkhai.orgs.actions import UnitRow as StoredRow
from trienkhai.orgs.actions import establish_units
from trienkhai.orgs.models import Holding, Post, Unit
from trienkhai.people.models import Account, given_name_first
from trienkhai.tasks.models import Focus

BEGIN = date(2017, 1, 3)
HELD_FROM = date(2015, 9, 1)
FOCUSES = (
    ("central", "Đưa nghị quyết vào việc làm: mỗi nhiệm vụ một đầu mối, một thời hạn, một sản phẩm"),
    ("key", "Nâng cao chất lượng sinh hoạt chi bộ"),
    ("breakthrough", "Nêu gương của người đứng đầu cấp ủy"),
)
STANDING = (
    ("reform", "Cải cách hành chính: rút ngắn thời gian xử lý, gửi nhận văn bản", ("công khai", "văn bản")),
    (
        "mobilisation",
        "Công tác dân vận: mỗi cơ quan một việc thiết thực với cơ sở",
        ("dân chủ", "đối thoại", "dân vận"),
    ),
)
"""Standing programmes with the words by which a task belongs to one."""


def store_units(rows: Iterable[UnitRow], begin: date = BEGIN) -> dict[str, Unit]:
    """All units in one act; by code."""
    return establish_units([StoredRow(**vars(row)) for row in rows], by=SYSTEM, at=moment(begin, 8))


@transaction.atomic
def store_people(
    rows: Iterable[PostRow], units: dict[str, Unit], begin: date = BEGIN, held_from: date = HELD_FROM
) -> int:
    """Accounts, posts and holdings in bulk, with one act; only accounts that sign in get a password that works."""
    listed = list(rows)
    working, none = make_password(PASSWORD), make_password(None)
    accounts = Account.objects.bulk_create(
        (
            Account(
                username=row.username,
                name=row.holder,
                sort_key=sort_key(given_name_first(row.holder)),
                search_text=fold(f"{row.holder} {row.username}"),
                password=working if row.signs_in else none,
            )
            for row in listed
        ),
        batch_size=1000,
    )
    posts = Post.objects.bulk_create(
        (Post(unit=units[row.unit_code], title=row.title, role=row.role, reach=row.reach) for row in listed),
        batch_size=1000,
    )
    Holding.objects.bulk_create(
        (
            Holding(post=post, account=account, valid_from=held_from)
            for post, account in zip(posts, accounts, strict=True)
        ),
        batch_size=1000,
    )
    record("posts.established", by=SYSTEM, at=moment(begin, 8), count=len(listed), label="chức danh, người giữ chức")
    _know_the_sizes()
    return len(listed)


def _know_the_sizes() -> None:
    """What PostgreSQL does by itself some time after so many rows; the demo goes on at once, and a plan made for empty
    tables took minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def store_focuses(bloc: Unit) -> list[Focus]:
    return [
        Focus.objects.create(unit=bloc, kind=kind, title=title, valid_from=date(2017, 1, 1), valid_to=date(2018, 1, 1))
        for kind, title in (*FOCUSES, *(row[:2] for row in STANDING))
    ]


def standing_of(title: str) -> str:
    """The kind of standing programme that a task belongs to by its words; empty for none."""
    words = title.casefold()
    return next((kind for kind, _title, parts in STANDING if any(part in words for part in parts)), "")

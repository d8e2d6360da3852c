"""The committee of the bloc in posts, a post acted in, one that ends soon, one vacant, courses, members as numbers."""

import random
from datetime import date
from typing import Any

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common.clock import moment
from trienkhai.orgs import actions
from trienkhai.orgs.models import Holding, Manner, MemberCount, Post, Role, Span, Unit
from trienkhai.orgs.queries_members import counting_units
from trienkhai.people.models import Account

SETTLED, COUNTED, SILENT = date(2017, 1, 4), date(2017, 11, 30), 4
TERM = date(2015, 9, 1)
DECISION, DECIDED = "01-QĐ/ĐUMH", date(2015, 9, 1)
HEADS = {
    "Bí thư Đảng ủy Khối": ["key", "standing", "full_time"],
    "Phó Bí thư Thường trực Đảng ủy Khối": ["key", "standing", "full_time"],
}
REQUIREMENTS = "Cao cấp lý luận chính trị. Đã qua công tác cấp ủy ở cơ sở."
MEMBERS, SEATS = range(3, 15), 15
"""Heads of these of the 63 sit in the committee beside their own post."""
OFFICE, ACTING = "MH.VP", "Phó Chánh Văn phòng"
VACANT = "Ủy viên chuyên trách Ủy ban Kiểm tra"


def make_cadres(bloc: Unit) -> tuple[int, int]:
    """How many posts were settled and how many members told."""
    by = Account.objects.get(username="quantri")
    who: dict[str, Any] = {"by": by, "at": moment(SETTLED, 9)}
    for post in Post.objects.filter(unit=bloc, title__in=HEADS):
        words: dict[str, Any] = {
            "title": post.title,
            "role": post.role,
            "reach": post.reach,
            "may_issue": post.may_issue,
        }
        asked: dict[str, Any] = {
            "seats": 1,
            "requirements": REQUIREMENTS,
            "term_bound": True,
            "classes": HEADS[post.title],
        }
        actions.change_post(post.pk, **words, **asked, **who)
    _committee(bloc, who)
    office = Unit.objects.select_related("present").get(present__code=OFFICE)
    acted = actions.create_post(office, title=ACTING, role=Role.FOCAL, reach=Span.OWN, classes=["full_time"], **who)
    focal = Account.objects.get(holdings__post__unit=office, holdings__post__role=Role.FOCAL)
    actions.appoint(acted, focal, manner=Manner.ACTING, valid_from=date(2017, 10, 2), decision="45-QĐ/ĐUMH", **who)
    inspector: dict[str, Any] = {
        "role": Role.INSPECTOR,
        "reach": Span.BRANCH,
        "requirements": "Nghiệp vụ kiểm tra, giám sát.",
    }
    actions.create_post(bloc, title=VACANT, classes=["full_time"], **inspector, **who)
    _courses(office, who)
    return Post.objects.filter(unit__in=[bloc, office]).count(), _members(bloc)


def _committee(bloc: Unit, who: dict[str, Any]) -> None:
    words: dict[str, Any] = {
        "title": "Ủy viên Ban Chấp hành Đảng bộ Khối",
        "role": Role.MEMBER,
        "seats": SEATS,
        "term_bound": True,
    }
    post = actions.create_post(bloc, **words, classes=["committee", "concurrent"], requirements=REQUIREMENTS, **who)
    codes = [f"MH.{number:02}" for number in MEMBERS]
    heads = Holding.objects.filter(post__unit__present__code__in=codes, post__role=Role.LEADER)
    for number, head in enumerate(heads.select_related("account").order_by("post__unit__path", "pk")):
        end: dict[str, Any] = {"valid_to": date(2018, 1, 16)} if number == 0 else {}
        actions.appoint(post, head.account, valid_from=TERM, decision=DECISION, decided_on=DECIDED, **end, **who)


def _courses(office: Unit, who: dict[str, Any]) -> None:
    head = Account.objects.get(holdings__post__unit=office, holdings__post__role=Role.LEADER)
    for kind, finished in (("theory_high", date(2013, 7, 1)), ("committee_work", date(2016, 5, 20))):
        actions.add_training(head, kind=kind, finished_on=finished, issued_by="Học viện Minh Họa", **who)


def _members(bloc: Unit) -> int:
    """Every unit but four has told its numbers, all invented, in one act."""
    chance, rows = random.Random(2017), []
    for unit in counting_units(bloc, COUNTED).order_by("path")[SILENT:]:
        full = chance.randint(12, 140)
        rows += [
            MemberCount(unit=unit, kind=kind, counted_on=COUNTED, number=number)
            for kind, number in (("full", full), ("probationary", chance.randint(0, full // 20)))
        ]
    MemberCount.objects.bulk_create(rows, batch_size=1000)
    at, path = moment(COUNTED, 16), bloc.path
    record("members.told", bloc, by=SYSTEM, at=at, unit_path=path, count=len(rows) // 2, on=str(COUNTED))
    return sum(row.number for row in rows)

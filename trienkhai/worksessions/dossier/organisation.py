"""The unit itself: units of its branch by kind, members, posts."""

from django.db.models import Count, QuerySet

from trienkhai.orgs.models import UnitVersion
from trienkhai.orgs.queries import kind_names, subtree
from trienkhai.orgs.queries_members import members_by_branch
from trienkhai.orgs.queries_posts import Wanted, counts_by_state, names_in, posts_of
from trienkhai.worksessions.dossier.shape import OWN, Section, Table, number
from trienkhai.worksessions.dossier.subject import Subject


def organisation(subject: Subject) -> Section:
    notes = []
    members = members_by_branch(subject.unit, subject.on)[0]
    if members.missing:
        notes.append(f"Số đảng viên: {members.told}/{members.units} đơn vị có số liệu đến ngày này.")
    return Section(
        "organisation", "Tổ chức", [_units(subject), _members(subject, members.numbers), _posts(subject)], notes=notes
    )


def _units(subject: Subject) -> Table:
    names = kind_names(subject.on, "vi")
    counted = units_of_kind(subject).order_by().values("kind").annotate(n=Count("pk")).values_list("kind", "n")
    rows = [
        [names.get(kind, kind), number(n, OWN, muc="units", loai=kind)]
        for kind, n in sorted(counted, key=lambda row: (-row[1], row[0]))
    ]
    return Table(["Loại tổ chức trực thuộc", "Số lượng"], rows or [["Không có tổ chức trực thuộc", 0]], numbers=1)


def units_of_kind(subject: Subject, kind: str = "") -> QuerySet[UnitVersion]:
    """The units below that stood that day, called as they were then."""
    below = subtree(subject.unit, subject.on).standing(subject.on).exclude(pk=subject.unit.pk)
    rows = UnitVersion.objects.filter(unit__in=below.values("pk"), valid_from__lte=subject.on, valid_to__gt=subject.on)
    return rows.filter(kind=kind) if kind else rows


def _members(subject: Subject, numbers: dict[str, int]) -> Table:
    names = names_in("members.classes", subject.on, "vi")
    asked = {"don_vi": subject.unit.pk, "ngay": subject.on}
    rows = [[names.get(name, name), number(n, "orgs:members", **asked)] for name, n in numbers.items()]
    return Table(["Đảng viên", "Số lượng"], rows, numbers=1)


def _posts(subject: Subject) -> Table:
    wanted = Wanted(subject.unit, subject.on)
    states = counts_by_state(wanted)
    asked = {"don_vi": subject.unit.pk, "ngay": subject.on}
    rows = [
        ["Tổng số chức danh", number(posts_of(wanted).count(), "orgs:posts", **asked)],
        ["Chức danh chưa đủ người giữ", number(states["vacant"], "orgs:posts", tinh_trang="vacant", **asked)],
        ["Chức danh sắp hết thời hạn giữ", number(states["ending"], "orgs:posts", tinh_trang="ending", **asked)],
    ]
    return Table(["Chức danh", "Số lượng"], rows, numbers=1)

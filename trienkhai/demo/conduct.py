"""The demo's commitments of leaders in 2017, with the real actions: a theme, commitments, own reports, comments of the
collective, numbers of members, a good example. One leader has not reported, one has reported late."""

from datetime import date

from trienkhai.common.clock import moment
from trienkhai.conduct import actions, rules
from trienkhai.conduct.actions import Figures, Told
from trienkhai.conduct.models import Commitment, Review
from trienkhai.demo.books import office
from trienkhai.demo.organisation import BRANCH_WITH_CELLS
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Holding, Unit
from trienkhai.people.models import Account

YEAR = 2017
THEME = "Xây dựng phong cách, tác phong công tác của người đứng đầu, của cán bộ, đảng viên"
MADE, HALF, MET, LATE = date(YEAR, 3, 20), date(YEAR, 7, 10), date(YEAR, 7, 14), date(YEAR, 8, 2)
WORDS = (
    "1. Đọc và xử lý văn bản trong ngày; không để việc quá hạn mà không báo cáo.\n"
    "2. Mỗi quý dự sinh hoạt với một chi bộ khó khăn; đối thoại với đảng viên hai lần trong năm.\n"
    "3. Đi họp đúng giờ, phát biểu ngắn; công khai lịch công tác tuần."
)
REPORT = "Mục 1: không còn văn bản quá hạn. Mục 2: đã dự sinh hoạt hai chi bộ, đối thoại một lần. Mục 3: thực hiện đủ."
COMMENT = "Tập thể nhất trí với báo cáo; đề nghị sớm tổ chức buổi đối thoại thứ hai."
CELLS = 4


def make_conduct(bloc: Unit) -> tuple[int, int]:
    """How many commitments, how many comments of the collective."""
    people = office()
    document = Document.objects.filter(entries__unit=bloc).order_by("pk").first()
    at = moment(date(YEAR, 2, 6), 9)
    actions.set_theme(bloc, year=YEAR, title=THEME, document=document, by=people.officer, at=at)
    branch = Unit.objects.get(present__code=BRANCH_WITH_CELLS)
    below = Unit.objects.filter(present__parent=branch, path__isnull=False).order_by("path")[:CELLS]
    cells = Unit.objects.filter(present__parent=below[0], path__isnull=False).order_by("path")[:CELLS]
    units = [bloc, branch, *below, *cells]
    seats = rules.signing(MADE).filter(post__unit__in=units).select_related("account", "post__unit__present")
    for number, seat in enumerate(seats.order_by("post__unit__path", "post__pk")):
        _life(seat, number)
    for number, unit in enumerate(units[2:]):
        if holding := rules.signing(MADE).filter(post__unit=unit).select_related("account").first():
            members = 9 + number * 2
            figures = Figures(members, members - number % 3, members - number % 3 - number % 2)
            actions.tell_count(unit, figures, year=YEAR, by=holding.account, at=moment(LATE, 9))
    story = "Lập sổ việc tuần công khai trên trang nội bộ; trong chín tháng không có văn bản nào quá hạn."
    head = rules.signing(LATE).filter(post__unit=branch).select_related("account")[0].account
    title = f"Tập thể {branch.short_name}"
    actions.add_example(branch, year=YEAR, title=title, story=story, by=head, at=moment(date(YEAR, 10, 9), 9))
    return Commitment.objects.count(), Review.objects.exclude(commented_on=None).count()


def _life(seat: Holding, number: int) -> None:
    """Of every five leaders one does not report at six months, one does it late and waits for the comment."""
    author, unit = seat.account, seat.post.unit
    if Commitment.objects.filter(account=author).exists():
        return
    row = actions.commit(unit, year=YEAR, text=WORDS, by=author, at=moment(MADE, 9))
    if number % 5 == 4:
        return
    late = number % 5 == 3
    review = actions.report(row.pk, "half", Told(REPORT), by=author, at=moment(LATE if late else HALF, 10))
    review.commitment.unit = unit
    if not late and (chair := _chair(review, author)):
        actions.comment(review.pk, text=COMMENT, met_on=MET, by=chair, at=moment(MET, 16))


def _chair(review: Review, author: Account) -> Account | None:
    """Another leader of the unit, else one of the unit above."""
    unit = review.commitment.unit
    at_hand = [unit.pk, unit.present.parent_id if unit.present else None]
    seats = rules.signing(MET).filter(post__unit__in=[pk for pk in at_hand if pk]).exclude(account=author)
    for seat in seats.select_related("account").order_by("-post__unit__path", "pk"):
        if rules.can_comment(seat.account, review, MET):
            return seat.account
    return None

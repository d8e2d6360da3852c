"""The demo's supervision by mass organisations and democracy at the grassroots in 2017, with the real actions.

One recommendation is taken, one is not, with its reason, one is overdue; the lists of the bloc's office are kept until
November, and what is due in December is not done yet.
"""

from datetime import date

from trienkhai.common.clock import moment
from trienkhai.demo.books import office
from trienkhai.orgs.models import Unit
from trienkhai.oversight import actions
from trienkhai.oversight.actions import Details, Shown
from trienkhai.oversight.models import Matter, MatterKind, Plan, Recommendation
from trienkhai.people.models import Account

YEAR = 2017
SUBJECTS = (
    ("supervision", "Thực hiện quy chế dân chủ ở cơ quan", "meeting", "MH.01", date(YEAR, 6, 30)),
    ("supervision", "Trách nhiệm nêu gương của người đứng đầu cấp ủy", "dialogue", "MH.02", date(YEAR, 10, 31)),
    ("criticism", "Dự thảo quy chế chi tiêu nội bộ năm 2018", "writing", "MH", date(YEAR, 12, 20)),
)
FOUND = "Đã nghe báo cáo, đối chiếu hồ sơ, gặp đại diện các chi bộ; còn việc niêm yết chưa đủ thời hạn."
RECOMMENDED = (
    (0, date(YEAR, 6, 20), "Niêm yết công khai đủ thời hạn và lưu biên bản kết thúc niêm yết.", None),
    (0, date(YEAR, 6, 20), "Mở thêm một buổi đối thoại với đoàn viên mỗi tháng.", None),
    (1, date(YEAR, 10, 25), "Người đứng đầu dự sinh hoạt với một chi bộ khó khăn mỗi quý.", date(YEAR, 11, 10)),
)
REPLIES = (
    ("taken", date(YEAR, 6, 30), "Đã giao văn phòng lập sổ niêm yết, áp dụng từ tháng 7."),
    ("not_taken", date(YEAR, 7, 12), "Quy chế đã định đối thoại mỗi quý; giữ nguyên để bảo đảm chất lượng chuẩn bị."),
)
QUESTIONS = (
    (date(YEAR, 3, 6), "Khi nào công khai kết quả thu, nộp đảng phí năm trước?", "Niêm yết tại bảng tin từ 15/3."),
    (date(YEAR, 11, 20), "Quy chế chi tiêu năm 2018 có lấy ý kiến công đoàn cơ sở không?", ""),
)


def make_oversight(bloc: Unit) -> tuple[int, int]:
    """How many recommendations, how many matters with proof."""
    mass = Account.objects.get(username="doanthe")
    plan = _planned(bloc, mass)
    _recommended(plan, mass)
    _lists(bloc)
    return Recommendation.objects.count(), Matter.objects.exclude(done_on=None).count()


def _planned(bloc: Unit, mass: Account) -> Plan:
    at = moment(date(YEAR, 1, 16), 9)
    title = "Chương trình giám sát, phản biện năm 2017"
    plan = actions.make_plan(bloc, organisation="union", year=YEAR, title=title, by=mass, at=at)
    units = {unit.code: unit for unit in Unit.objects.filter(present__code__in=[row[3] for row in SUBJECTS])}
    for kind, subject, form, code, day in SUBJECTS:
        actions.add_subject(plan.pk, Details(kind, subject, form, units[code], day), by=mass, at=at)
    actions.announce_plan(plan.pk, by=mass, at=at)
    return plan


def _recommended(plan: Plan, mass: Account) -> None:
    subjects = list(plan.subjects.order_by("pk"))
    for subject, day in zip(subjects, (date(YEAR, 6, 20), date(YEAR, 10, 25)), strict=False):
        place, at = "Phòng họp", moment(day, 10)
        actions.tell_held(subject.pk, held_on=day, held_at=place, findings=FOUND, by=mass, at=at)
    made = [
        actions.recommend(subjects[place].pk, text=text, due_on=due_on, by=mass, at=moment(day, 15))
        for place, day, text, due_on in RECOMMENDED
    ]
    for row, (outcome, day, text) in zip(made, REPLIES, strict=False):
        head = _leader_of(row.answers_by)
        actions.reply(row.pk, outcome=outcome, text=text, by=head, at=moment(day, 9))


def _leader_of(unit: Unit) -> Account:
    return Account.objects.filter(holdings__post__unit=unit, holdings__post__role="leader").order_by("pk")[0]


def _lists(bloc: Unit) -> None:
    people, begin = office(), date(YEAR, 1, 10)
    for matter in actions.take_usual(bloc, year=YEAR, by=people.clerk, at=moment(begin, 9)):
        if matter.due_on.month == 12:
            continue
        day = matter.due_on.replace(day=12)
        until = date(day.year, day.month + 1, 12) if matter.kind == MatterKind.PUBLIC else day
        outcome = "Thông qua với đa số phiếu; biên bản lưu tại văn phòng." if matter.kind == MatterKind.DECIDED else ""
        shown = Shown("Bảng tin cơ quan, trang nội bộ", day, until, "https://noi-bo.minhhoa.vn/cong-khai", outcome)
        actions.add_proof(matter.pk, shown, by=people.clerk, at=moment(day, 16))
    mass = Account.objects.get(username="doanthe")
    for day, text, answer in QUESTIONS:
        row = actions.enter_question(bloc, text=text, asked_on=day, by=mass, at=moment(day, 9))
        if answer:
            actions.answer_question(row.pk, answer=answer, by=people.leader, at=moment(day.replace(day=10), 9))

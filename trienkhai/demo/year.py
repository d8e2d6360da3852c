"""Plays the year 2017: the same actions people use, in the order of days, the same year every time.

Most work goes through the bulk actions (a focal point acknowledges and reports what is its own, a leader approves what
waits); a few hundred assignments live their whole life act by act, with updates, returns, extensions, pauses,
reopenings.
"""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from django.db import transaction

from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions, periods
from trienkhai.tasks.models import Assignment, Issue, Request
from trienkhai.urging.actions import call_matching, urge

END = date(2017, 12, 15)
LAST_APPROVAL = date(2017, 12, 4)
SHOWN = ("MH.01.001", "MH.02.002")
SINGLE_LIVES = 720
REPORTS = (
    "Đã hoàn thành; có biên bản và danh sách kèm theo.",
    "Đã tổ chức thực hiện xong, gửi báo cáo và sản phẩm theo yêu cầu.",
    "Cấp ủy đã chỉ đạo hoàn thành, kết quả đã thông báo đến các chi bộ.",
)
UPDATES = (
    "Đã phân công người thực hiện, đang lấy ý kiến.",
    "Đã có dự thảo, chuẩn bị họp cấp ủy.",
    "Đang tổng hợp số liệu.",
)
CALL = "Đề nghị báo cáo rõ nguyên nhân chậm, cập nhật kết quả trước ngày 20/12/2017."
LONG_LATE = date(2017, 10, 15)
URGED_FROM = date(2017, 12, 11)
BOTTLENECKS = (
    "",
    "",
    "",
    "Chờ hướng dẫn về kinh phí.",
    "Đơn vị đang sắp xếp lại tổ chức.",
    "Cán bộ phụ trách đi công tác dài ngày.",
)
RETURNS = (
    "Thiếu minh chứng kèm theo.",
    "Báo cáo chưa nêu rõ kết quả từng chi bộ.",
    "Sản phẩm chưa đúng yêu cầu của nghị quyết.",
)


@dataclass(order=True)
class Event:
    """Something one person does on a day. `single`: acts that go one by one."""

    day: date
    number: int
    run: Callable[[], object] = field(compare=False)
    kind: str = field(compare=False)


class NotPlayed(RuntimeError):
    """An act of the year was refused: which, on which day, and the sentence of the rule."""


class Year:
    """The queue of events, the people, and what was counted: `counts` by verb."""

    def __init__(self, bloc: Unit, seed: int = 2017) -> None:
        self.chance, self.numbers = random.Random(seed), count()
        self.queue: list[Event] = []
        self.counts: Counter[str] = Counter()
        self.bloc = bloc
        self.single: set[int] = set()
        self.today = END
        self.manners = dict.fromkeys(
            Unit.objects.filter(present__code__in=SHOWN).values_list("pk", flat=True), "diligent"
        )
        self.known: dict[int, date] = {}
        self.first_due: dict[tuple[int, date], date] = {}
        rows = Holding.objects.filter(post__role__in=(Role.FOCAL, Role.LEADER)).select_related("account", "post")
        self.focal: dict[int, Account] = {}
        self.leader: dict[int, Account] = {}
        for row in rows.order_by("pk"):
            people = self.focal if row.post.role == Role.FOCAL else self.leader
            people.setdefault(row.post.unit_id, row.account)

    def plan(self, day: date, kind: str, run: Callable[[], object]) -> None:
        """Put an event on the first weekday from `day` on; nothing after the demo's day."""
        while day.weekday() > 4:
            day += timedelta(days=1)
        if day <= END:
            heapq.heappush(self.queue, Event(day, next(self.numbers), run, kind))

    def at(self, day: date) -> datetime:
        return moment(day, self.chance.randint(8, 16), self.chance.randint(0, 59))

    def days(self) -> Iterator[tuple[date, list[Event]]]:
        """The events day by day, those planned meanwhile included."""
        while self.queue:
            day, events = self.queue[0].day, []
            while self.queue and self.queue[0].day == day:
                events.append(heapq.heappop(self.queue))
            yield day, events

    def play_day(self, events: list[Event]) -> None:
        """One day in one transaction, which spares an embedded database a flush to disk for each act.

        Raises NotPlayed for an act that a rule refuses: the year is a story that is allowed from end to end.
        """
        self.today = events[0].day
        with transaction.atomic():
            for event in events:
                try:
                    done = event.run()
                except Refused as fault:
                    raise NotPlayed(f"{event.day:%d/%m/%Y} {event.kind}: {fault}") from fault
                self.counts[event.kind] += done is not None

    def follow(self, issue: Issue) -> None:
        """Plan what becomes of the tasks of an issue: some lives act by act, the rest in bulk by each unit."""
        rows = list(Assignment.objects.filter(task__issue=issue, occurrence=0).select_related("task"))
        self._divide(rows, share=SINGLE_LIVES // 4)

    def open_quarter(self, day: date) -> int:
        """What recurs opens on the first day of its period and is carried out like the rest."""
        before = Assignment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        opened = actions.open_occurrences(on=day, at=self.at(day))
        rows = list(Assignment.objects.filter(pk__gt=before).select_related("task"))
        self._divide(rows, share=20)
        return opened

    def close_month(self) -> int:
        """The month-end sheets are stored on the first working day after it, as the worker does."""
        return actions.close_months(on=self.today, at=self.at(self.today))

    def urge(self) -> int | None:
        """The ladder's run of the morning, as the worker does it."""
        return urge(on=self.today, at=moment(self.today, 7))

    def call(self, officer: Account) -> int:
        """The bloc's tracking officer urges what has been late for longest, in one act."""
        late = Assignment.objects.filter(due_on__lt=LONG_LATE)
        return call_matching(late, self.bloc, text=CALL, selection="quá hạn lâu", by=officer, at=self.at(self.today))

    def _divide(self, rows: list[Assignment], share: int) -> None:
        chosen = {row.pk for row in self.chance.sample(rows, min(share, len(rows)))}
        self.single |= chosen
        by_unit: dict[int, list[Assignment]] = defaultdict(list)
        for row in rows:
            if row.pk in chosen:
                Life(self, row).plan()
            else:
                by_unit[row.held_by_id].append(row)
        for unit_id, held in by_unit.items():
            self._plan_acknowledging(unit_id, held)

    def manner_of(self, unit_id: int) -> str:
        """A unit keeps its manner through the year; those whose focal points sign in are diligent."""
        if unit_id not in self.manners:
            self.manners[unit_id] = self.chance.choices(("diligent", "slow", "silent"), (86, 11, 3))[0]
        return self.manners[unit_id]

    def _plan_acknowledging(self, unit_id: int, rows: list[Assignment]) -> None:
        manner, chance = self.manner_of(unit_id), self.chance
        if manner == "silent":
            return
        known = rows[0].issued_on + timedelta(
            days=chance.randint(1, 6) if manner == "diligent" else chance.randint(8, 25)
        )
        self.known[unit_id] = max(known, self.known.get(unit_id, known))
        self.plan(known, "acknowledge_all", self._acknowledge([row.pk for row in rows], self.focal[unit_id]))
        for row in rows:
            quarter = row.due_on if row.due_on == OPEN_END else periods.start_of("quarter", row.due_on)
            first = self.first_due.setdefault((unit_id, quarter), row.due_on)
            self.first_due[unit_id, quarter] = min(first, row.due_on)

    def plan_reports(self) -> None:
        """Each unit reports what is due in a quarter in one sitting: mostly in time, some late, some never."""
        for (unit_id, quarter), due in sorted(self.first_due.items()):
            day = self._report_day(due, self.known[unit_id], self.manner_of(unit_id))
            if day:
                self.plan(day, "report_several", self._report(unit_id, quarter))

    def _report_day(self, due: date, known: date, manner: str) -> date | None:
        """When the work of a quarter is reported, by its first due day; None: never."""
        chance = self.chance
        if due == OPEN_END:
            return known + timedelta(days=chance.randint(60, 300)) if chance.random() < 0.5 else None
        luck = chance.random()
        if luck < (0.90 if manner == "diligent" else 0.35):
            return max(known + timedelta(days=4), due - timedelta(days=chance.randint(1, 25)))
        if luck < (0.97 if manner == "diligent" else 0.8):
            return due + timedelta(days=chance.randint(2, 35))
        return None

    def _acknowledge(self, pks: list[int], person: Account) -> Callable[[], object]:
        def run() -> object:
            rows = Assignment.objects.filter(pk__in=pks)
            return actions.acknowledge_all(rows, selection="việc mới giao", by=person, at=self.at(self.today))

        return run

    def _report(self, unit_id: int, quarter: date) -> Callable[[], object]:
        """Report all that the unit holds of the quarter and has acknowledged by then."""
        end = OPEN_END if quarter == OPEN_END else periods.next_start("quarter", quarter) - timedelta(days=1)

        def run() -> object:
            held = Assignment.objects.filter(held_by=unit_id, due_on__gte=quarter, due_on__lte=end)
            open_now = held.filter(state__in=("acknowledged", "in_progress", "returned")).values_list("pk", flat=True)
            rows = Assignment.objects.filter(pk__in=sorted(set(open_now) - self.single))
            if not rows:
                return None
            words, text = "việc trong quý", self.chance.choice(REPORTS)
            return actions.report_several(
                rows, text=text, selection=words, by=self.focal[unit_id], at=self.at(self.today)
            )

        return run

    def plan_approvals(self) -> None:
        """Leaders go through what waits three times a month, the last time on 4 December, so that a queue is left to
        see.

        What is played act by act is left to its own decision.
        """
        deciders = Assignment.objects.order_by().values_list("answers_to", flat=True).distinct()
        days = [date(2017, month, day) for month in range(2, 13) for day in (4, 14, 24)]
        for unit_id in sorted(set(deciders)):
            for day in days:
                if day <= LAST_APPROVAL:
                    self.plan(day, "approve_matching", self._approve(unit_id))

    def _approve(self, unit_id: int) -> Callable[[], object]:
        def run() -> object:
            rows = Assignment.objects.filter(answers_to=unit_id, state="submitted").exclude(
                pk__in=self.single_of(unit_id)
            )
            if not rows.exists():
                return None
            return actions.approve_matching(
                rows, selection="chờ duyệt", by=self.leader[unit_id], at=self.at(self.today)
            )

        return run

    def single_of(self, unit_id: int) -> list[int]:
        rows = Assignment.objects.filter(answers_to=unit_id, state="submitted").values_list("pk", flat=True)
        return sorted(set(rows) & self.single)


class Life:
    """One assignment played act by act, with its share of returns, extensions, pauses and reopenings."""

    def __init__(self, year: Year, row: Assignment) -> None:
        self.year, self.pk, self.chance = year, row.pk, year.chance
        self.holder, self.decider = year.focal[row.held_by_id], year.leader[row.answers_to_id]
        self.assigner = year.leader[row.task.assigner_id]
        self.start, self.due = row.issued_on, row.due_on
        self.day = row.issued_on

    def plan(self) -> None:
        chance = self.chance
        if chance.random() < 0.04:
            return
        self._next(chance.randint(1, 8), "acknowledge", lambda at: actions.acknowledge(self.pk, by=self.holder, at=at))
        if chance.random() < 0.03:
            self._next(
                5,
                "withdraw",
                lambda at: actions.withdraw(self.pk, reason="Giao trùng nội dung.", by=self.assigner, at=at),
            )
            return
        for percent in (30, 60)[: chance.randint(1, 2)]:
            self._next(chance.randint(3, 14), "update", self._update(percent))
        if chance.random() < 0.08:
            self._rest()
        if chance.random() < 0.14:
            self._ask_for_time()
        self._finish()

    def _next(self, after: int, kind: str, act: Callable[[datetime], object]) -> None:
        """The next act of this life, `after` days later; weekends push on, so the order of days holds."""
        self.day += timedelta(days=max(after, 1))
        while self.day.weekday() > 4:
            self.day += timedelta(days=1)
        self.year.plan(self.day, kind, lambda: act(self.year.at(self.year.today)))

    def _update(self, percent: int) -> Callable[[datetime], object]:
        text, trouble = self.chance.choice(UPDATES), self.chance.choice(BOTTLENECKS)
        return lambda at: actions.update_progress(
            self.pk, percent=percent, text=text, bottleneck=trouble, by=self.holder, at=at
        )

    def _rest(self) -> None:
        self._next(
            3, "pause", lambda at: actions.pause(self.pk, reason="Chờ ý kiến của cấp trên.", by=self.assigner, at=at)
        )
        self._next(self.chance.randint(5, 20), "resume", lambda at: actions.resume(self.pk, by=self.assigner, at=at))

    def _ask_for_time(self) -> None:
        if self.due == OPEN_END:
            return
        later = max(self.due, self.day) + timedelta(days=self.chance.randint(20, 45))
        self._next(
            2,
            "ask",
            lambda at: actions.ask(
                self.pk,
                kind="extend",
                reason="Khối lượng công việc lớn, cần thêm thời gian.",
                due_on=later,
                by=self.holder,
                at=at,
            ),
        )
        grant = self.chance.random() < 0.75
        if self.chance.random() < 0.85:
            self._next(3, "decide_request", lambda at: self._decide(grant, at))
            self.due = later if grant else self.due

    def _decide(self, grant: bool, at: datetime) -> object:
        request = Request.objects.get(assignment=self.pk, outcome="open")
        answer = "" if grant else "Tập trung hoàn thành đúng thời hạn đã giao."
        return actions.decide_request(request.pk, grant=grant, answer=answer, by=self.assigner, at=at)

    def _finish(self) -> None:
        chance = self.chance
        if chance.random() < 0.08:
            return
        target = self.day + timedelta(days=30) if self.due == OPEN_END else self.due
        late = chance.random() < 0.16
        wished = (
            target + timedelta(days=chance.randint(2, 30)) if late else target - timedelta(days=chance.randint(1, 12))
        )
        self._submit(max((wished - self.day).days, 2))
        if chance.random() < 0.12:
            reason = chance.choice(RETURNS)
            self._next(4, "return", lambda at: actions.return_report(self.pk, reason=reason, by=self.decider, at=at))
            self._submit(chance.randint(2, 10))
        if chance.random() < 0.05:
            return
        approved = self._approve()
        if chance.random() < 0.03 and approved:
            self._next(
                10,
                "reopen",
                lambda at: actions.reopen(self.pk, reason="Kiểm tra thực tế chưa đạt.", by=self.decider, at=at),
            )
            self._submit(7)
            self._approve()

    def _submit(self, after: int) -> None:
        text = self.chance.choice(REPORTS)
        self._next(after, "submit", lambda at: actions.submit_report(self.pk, text=text, by=self.holder, at=at))

    def _approve(self) -> bool:
        """Mostly the report is approved; else it waits, and nothing follows."""
        if self.chance.random() >= 0.95:
            return False
        self._next(self.chance.randint(1, 9), "approve", lambda at: actions.approve(self.pk, by=self.decider, at=at))
        return True

"""The demo chapter by chapter: tree, documents, the year, then what belongs to an organisation's life around it."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from trienkhai.cli import fail
from trienkhai.common.templatetags.show import num

console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


@contextmanager
def step(words: str) -> Iterator[Callable[[str], None]]:
    """One line of output: what is done, what came of it, how long it took."""
    begun, results = time.monotonic(), list[str]()
    yield results.append
    console.print(f"[bold]✓[/] {words}: {'; '.join(results)} [dim]({number_format(time.monotonic() - begun, 1)} s)[/]")


def build() -> None:
    """The whole demo, step by step."""
    from django.db import connection

    from trienkhai.common.models import Installation
    from trienkhai.demo.year import END

    console.rule("Bản minh họa: Đảng bộ Khối Minh Họa, năm 2017 (tên và số liệu đều là giả định)")
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": None})
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    bloc = _organisation()
    issues = _documents(bloc)
    _play(bloc, issues)
    for chapter in AFTER_THE_YEAR:
        chapter(bloc)
    with step("Niêm phong nhật ký") as say:
        from trienkhai.cli.running import seal_all

        say(f"{num(seal_all())} việc đã ghi")
    Installation.objects.filter(pk=1).update(demo_today=END)


def _programmes_and_books(bloc: Any) -> None:
    with step("Chương trình công tác và trọng tâm") as say:
        from trienkhai.demo.programme import make_programmes

        items, reviews = make_programmes(bloc)
        say(f"{items} đầu việc, {reviews} lần kiểm điểm trọng tâm")
    with step("Chỉ tiêu và số liệu") as say:
        from trienkhai.demo.indicators import make_indicators

        made, told = make_indicators(bloc)
        say(f"{made} chỉ tiêu, {num(told)} số liệu đã duyệt")
    with step("Sổ văn bản") as say:
        from trienkhai.demo.books import fill_books

        came, went = fill_books(bloc)
        say(f"{came} văn bản đến, {went} văn bản đi")
    with step("Cụ thể hóa ở cơ sở") as say:
        from trienkhai.demo.concretising import make_concrete

        clauses, given = make_concrete()
        say(f"{clauses} nội dung, giao tiếp {given} phần việc cho các chi bộ")
    with step("Phối hợp với các cơ quan") as say:
        from trienkhai.demo.coordinating import make_coordination

        partners, asked = make_coordination(bloc)
        say(f"{partners} cơ quan phối hợp, {asked} đề nghị xin ý kiến")


def _people_and_reports(bloc: Any) -> None:
    with step("Ủy quyền, bàn giao, đề nghị") as say:
        from trienkhai.demo.standing_in import let_others_stand_in

        done = let_others_stand_in(bloc)
        say("duyệt thay {decided}, trả lời phối hợp {parts}, đồng ý đề nghị {granted}".format(**done))
    with step("Cấp ủy, chức danh, số lượng đảng viên") as say:
        from trienkhai.demo.cadres import make_cadres

        settled, members = make_cadres(bloc)
        say(f"{settled} chức danh, {num(members)} đảng viên (giả định)")
    with step("Báo cáo định kỳ") as say:
        from trienkhai.demo.reports import make_reports

        forms, sent = make_reports(bloc)
        say(f"{forms} biểu mẫu, {num(sent)} báo cáo đã gửi")


def _life_of_the_organisation(bloc: Any) -> None:
    """Meetings, inspection, the voice from below, supervision, example, evaluation."""
    with step("Ý kiến từ cơ sở") as say:
        from trienkhai.demo.feedback import speak_up

        done = speak_up(bloc)
        say("{proposals} đề xuất, {answered} góp ý đã trả lời, {given}/{asked} đơn vị góp ý dự thảo".format(**done))
    with step("Sinh hoạt, hội nghị") as say:
        from trienkhai.demo.meetings import make_meetings

        planned, held = make_meetings(bloc)
        say(f"{planned} cuộc họp theo kế hoạch, {held} cuộc đã họp")
    with step("Kiểm tra, giám sát") as say:
        from trienkhai.demo.inspections import make_inspections

        inspections, unremedied = make_inspections(bloc)
        say(f"{inspections} cuộc, {unremedied} tồn tại chưa khắc phục")
    with step("Đánh giá, khen thưởng") as say:
        from trienkhai.demo.evaluation import make_evaluations

        sheets, commended = make_evaluations(bloc)
        say(f"{sheets} phiếu đánh giá, {commended} tập thể và cá nhân được khen thưởng")
    with step("Giám sát, phản biện, dân chủ ở cơ sở") as say:
        from trienkhai.demo.oversight import make_oversight
        from trienkhai.demo.standing import measure_standing

        recommended, shown = make_oversight(bloc)
        told = measure_standing(bloc)
        say(f"{recommended} kiến nghị, {shown} việc đã có minh chứng, {told} số liệu của chương trình thường xuyên")
    with step("Cam kết nêu gương") as say:
        from trienkhai.demo.conduct import make_conduct

        committed, commented = make_conduct(bloc)
        say(f"{committed} bản cam kết, {commented} nhận xét của tập thể")


def _reorganising(bloc: Any) -> None:
    with step("Tài khoản và rà soát quyền") as say:
        from trienkhai.demo.accounts import invite_and_review

        decided, left = invite_and_review(bloc)
        say(f"1 lời mời đang mở, {num(decided)} quyền đã rà soát, còn {num(left)}")
    with step("Sắp xếp tổ chức") as say:
        from trienkhai.demo.reorganising import reorganise

        steps, carried = reorganise(bloc)
        say(f"phương án {steps} bước, {carried} nhiệm vụ chuyển theo")
    with step("So sánh mô hình") as say:
        from trienkhai.demo.comparing import compare_models

        asked, answered = compare_models(bloc)
        say(f"{answered}/{asked} đơn vị đã cho ý kiến")


def _last_session(bloc: Any) -> None:
    """The end of the demo, after all that its dossier tells of."""
    with step("Buổi làm việc cuối năm") as say:
        from trienkhai.demo.worksessions import end_with_session

        concluded, below = end_with_session(bloc)
        say(f"kết luận thành {concluded} nhiệm vụ, giao tiếp {below} phần việc")


AFTER_THE_YEAR = (_programmes_and_books, _people_and_reports, _life_of_the_organisation, _reorganising, _last_session)


def _organisation() -> Any:
    from trienkhai.common.clock import moment
    from trienkhai.demo import organisation
    from trienkhai.demo.books import set_demo_term
    from trienkhai.demo.building import BEGIN, store_focuses, store_people, store_units
    from trienkhai.demo.year import END
    from trienkhai.orgs.models import Unit
    from trienkhai.orgs.queries import counted_below

    with step("Lập cây tổ chức") as say:
        units = store_units(organisation.units())
        bloc = Unit.objects.select_related("present").get(pk=units["MH"].pk)
        numbers = counted_below(bloc, END)
        say(f"{numbers['direct']} tổ chức trực thuộc, {numbers['grassroots']} tổ chức cơ sở, {numbers['units']} đơn vị")
    console.print(
        "  [dim]Giả định: 27 trong 63 tổ chức trực thuộc là tổ chức cơ sở; 36 tổ chức còn lại có 814 tổ chức cơ sở.[/]"
    )
    with step("Chức danh và tài khoản") as say:
        say(f"{num(store_people(organisation.posts(), units))} người giữ chức")
    store_focuses(bloc)
    set_demo_term(bloc, moment(BEGIN, 8))
    return bloc


def _documents(bloc: Any) -> list[Any]:
    """Read, register and prepare each document, submit it, issue it, as the clerk, the officer and the leader do."""
    from trienkhai.common.clock import moment
    from trienkhai.demo.building import FOCUSES, standing_of
    from trienkhai.demo.documents import sources, write_documents
    from trienkhai.demo.programme import area_of
    from trienkhai.demo.spreading import send_down
    from trienkhai.documents.actions import publish_document, register_document
    from trienkhai.people.models import Account
    from trienkhai.tasks import actions
    from trienkhai.tasks.models import Focus
    from trienkhai.tasks.proposals import propose

    clerk, officer, leader = (Account.objects.get(username=name) for name in ("vanthu", "chuyenvien", "lanhdao"))
    focuses, issues = list(Focus.objects.filter(unit=bloc).order_by("pk")), []
    by_kind = {focus.kind: focus for focus in focuses}
    with tempfile.TemporaryDirectory() as folder:
        for source, path in zip(sources(), write_documents(Path(folder)), strict=True):
            with step(f"{source.type} {source.symbol}") as say, path.open("rb") as stream:
                document = register_document(
                    bloc, stream, name=path.name, not_secret=True, book="out", by=clerk, at=moment(source.date, 8)
                )
                publish_document(document.pk, "branch", by=clerk, at=moment(source.date, 8))
                sent = send_down(document, bloc, by=clerk, at=moment(source.date, 8))
                proposals = propose(document.texts.get(), bloc, source.date)
                for number, row in enumerate(proposals):
                    standing = by_kind.get(standing_of(row["title"]))
                    row["focus"] = standing or focuses[number % len(FOCUSES)]
                    row["work_area"] = area_of(row["title"])
                issue = actions.prepare_issue(
                    document,
                    bloc,
                    proposals,
                    selection="grassroots",
                    on=source.date,
                    by=officer,
                    at=moment(source.date, 9),
                )
                actions.submit_issue(issue.pk, by=officer, at=moment(source.date, 10))
                issues.append(actions.issue_tasks(issue.pk, by=leader, at=moment(source.date, 11)))
                say(
                    f"gửi đến {num(sent.count)} đơn vị, đọc được {len(proposals)} nhiệm vụ, "
                    f"giao {num(issues[-1].count)} phần việc"
                )
    return issues


def _play(bloc: Any, issues: list[Any]) -> None:
    from trienkhai.demo.issued import plan_sheets
    from trienkhai.demo.spreading import Spreading
    from trienkhai.demo.worksessions import plan_sessions
    from trienkhai.demo.year import END, URGED_FROM, NotPlayed, Year
    from trienkhai.dissemination.models import Sending
    from trienkhai.people.models import Account

    begun, year = time.monotonic(), Year(bloc)
    plan_sheets(year)
    plan_sessions(year)
    for issue in issues:
        year.follow(issue)
    year.plan_reports()
    for month in range(2, 13):
        year.plan(date(2017, month, 1), "close_months", year.close_month)
    for month in (4, 7, 10):
        day = date(2017, month, 1)
        year.plan(day, "open_occurrences", partial(year.open_quarter, day))
    for number in range((END - URGED_FROM).days + 1):
        year.plan(URGED_FROM + timedelta(days=number), "urge", year.urge)
    officer = Account.objects.get(username="chuyenvien")
    year.plan(URGED_FROM + timedelta(days=2), "call_matching", partial(year.call, officer))
    year.plan_approvals()
    Spreading(year, list(Sending.objects.select_related("document").order_by("pk"))).plan()
    columns = (TextColumn("Năm 2017 {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        first = issues[0].on
        job = bar.add_task("", total=(END - first).days + 1)
        for day, events in year.days():
            try:
                year.play_day(events)
            except NotPlayed as fault:
                fail(f"Bản minh họa dừng lại vì một việc bị từ chối: {fault}")
            bar.update(job, completed=(day - first).days + 1, description=f"{day:%d/%m}")
    _show_acts(year, time.monotonic() - begun)


BULK = (
    "acknowledge_receipts",
    "remind",
    "send",
    "acknowledge_all",
    "report_several",
    "approve_matching",
    "open_occurrences",
    "close_months",
    "urge",
    "call_matching",
    "issue_sheet",
)
NAMES = {
    "acknowledge": "tiếp nhận",
    "update": "cập nhật",
    "submit": "báo cáo hoàn thành",
    "approve": "duyệt",
    "return": "trả lại",
    "ask": "đề nghị gia hạn",
    "decide_request": "quyết định đề nghị",
    "pause": "tạm dừng",
    "resume": "tiếp tục",
    "withdraw": "thu hồi",
    "reopen": "mở lại",
    "study": "học tập, quán triệt",
    "send": "gửi xuống",
    "remind": "nhắc xác nhận",
    "acknowledge_receipts": "xác nhận văn bản hàng loạt",
    "acknowledge_all": "tiếp nhận hàng loạt",
    "report_several": "báo cáo hàng loạt",
    "approve_matching": "duyệt hàng loạt",
    "open_occurrences": "mở kỳ mới",
    "close_months": "chốt số liệu tháng",
    "urge": "đôn đốc theo bậc thang",
    "call_matching": "đôn đốc hàng loạt",
    "issue_sheet": "chốt bảng số liệu",
    "worksession": "buổi làm việc",
}


def _show_acts(year: Any, seconds: float) -> None:
    single = {kind: number for kind, number in year.counts.items() if kind not in BULK}
    bulk = {kind: number for kind, number in year.counts.items() if kind in BULK}
    console.print(
        f"[bold]✓[/] Một năm thực hiện: {num(sum(single.values()))} việc làm từng cái một, "
        f"{num(sum(bulk.values()))} việc làm hàng loạt [dim]({number_format(seconds, 1)} s)[/]"
    )
    for group in (single, bulk):
        console.print(
            "  [dim]" + ", ".join(f"{NAMES[kind]} {num(number)}" for kind, number in sorted(group.items())) + "[/]"
        )

"""`trienkhai reader report`: where the reader errs, by what people corrected."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from trienkhai.cli import start_django

if TYPE_CHECKING:
    from collections import Counter

    from trienkhai.documents.queries import Judged, Misread

HEADER_NAMES = {
    "doc_type": "loại văn bản",
    "number": "số",
    "symbol": "số, ký hiệu",
    "issuer_name": "cơ quan ban hành",
    "place": "địa danh",
    "issued_on": "ngày",
    "title": "trích yếu",
    "signer_name": "người ký",
    "signer_role": "chức vụ người ký",
    "urgency": "độ khẩn",
}
PART_NAMES = {
    "text": "nội dung",
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "dropped": "bỏ cả nhiệm vụ",
}
NAMES = HEADER_NAMES | PART_NAMES


@click.group()
def reader() -> None:
    """The reader of documents."""


@reader.command()
@click.option("--unit", "code", default="", help="Only documents held by the unit with this code and by those below.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 200), help="How many phrases to name.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def report(code: str, top: int, as_json: bool) -> None:
    """Show per field how often what was read stood, was corrected or was filled in, and the words misread most."""
    start_django()
    from trienkhai.cli.cascade import unit_of
    from trienkhai.common import paths
    from trienkhai.documents.models import Document
    from trienkhai.documents.queries import judged_headers
    from trienkhai.tasks.queries import judged_tasks

    documents = Document.objects.all()
    if code:
        documents = documents.filter(paths.within(unit_of(code).path or "", "owner__path"))
    headers, tasks = judged_headers(documents), judged_tasks(documents)
    misread = headers.misread + tasks.misread
    if as_json:
        click.echo(json.dumps(_plain(headers, tasks, misread, top), ensure_ascii=False))
        return
    click.echo(f"{headers.documents} văn bản, {headers.untouched} văn bản chưa ai sửa phần đầu.")
    _table("Phần đầu văn bản", headers.fields)
    click.echo(
        f"\nNhiệm vụ đã trình hoặc đã giao: máy đề xuất {tasks.proposed} = giữ nguyên {tasks.kept} "
        f"+ sửa {tasks.edited} + bỏ {tasks.dropped}; người thêm {tasks.added}."
    )
    if tasks.unknown:
        click.echo(f"{tasks.unknown} nhiệm vụ có từ trước khi lưu đề xuất của máy, không tính.")
    _table("Từng phần của nhiệm vụ được giữ lại", tasks.fields)
    _phrases(misread, top)


def _plain(headers: Any, tasks: Any, misread: "Counter[Misread]", top: int) -> dict[str, Any]:
    counts = {name: getattr(tasks, name) for name in ("proposed", "kept", "edited", "dropped", "added", "unknown")}
    return {
        "documents": headers.documents,
        "untouched": headers.untouched,
        "header": {name: asdict(one) | {"total": one.total} for name, one in headers.fields.items()},
        "tasks": counts,
        "task_fields": {name: asdict(one) | {"total": one.total} for name, one in tasks.fields.items()},
        "misread": [asdict(one) | {"times": times} for one, times in misread.most_common(top)],
    }


def _table(title: str, fields: "dict[str, Judged]") -> None:
    """One line a field; the share is of what was read."""
    from trienkhai.common.templatetags.show import share

    click.echo(f"\n{title}")
    click.echo(f"  {'':<20}{'giữ nguyên':>12}{'sửa':>8}{'điền thêm':>11}{'để trống':>10}{'tổng':>8}   giữ/đã đọc")
    for name, one in fields.items():
        kept = f"{one.kept}/{one.read} ({share(one.kept, one.read)})" if one.read else "–"
        click.echo(
            f"  {NAMES[name]:<20}{one.kept:>12}{one.corrected:>8}{one.filled:>11}{one.empty:>10}{one.total:>8}   {kept}"
        )


def _phrases(misread: "Counter[Misread]", top: int) -> None:
    if not misread:
        return
    click.echo("\nĐọc sai nhiều nhất")
    for one, times in misread.most_common(top):
        click.echo(f"  {times:>4} × {NAMES[one.field]}: “{one.read or '–'}” → “{one.now or '–'}”")

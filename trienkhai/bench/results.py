"""What the figures mean: names, limits, and the table a person reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Result = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """`limits`: the most it may be, by scale (`*`: on every scale). `form`: how it is written."""

    key: str
    vi: str
    en: str
    form: str
    limits: dict[str, float]

    def limit(self, scale: str) -> float | None:
        return self.limits.get(scale, self.limits.get("*"))

    def written(self, value: float | None) -> str:
        return "–" if value is None else self.form.format(value)


FIGURES = (
    Figure("cascade_to_floor", "Giao việc so với mức sàn", "Issuing to the floor", "{:.2f} ×", {"ministry": 1.5}),
    Figure("cascade_extra_s", "Giao việc, thêm so với mức sàn", "Issuing, above the floor", "{:.3f} s", {"bloc": 0.3}),
    Figure("cascade_s", "Giao 20 nhiệm vụ cho tất cả", "Issuing 20 tasks to all", "{:.3f} s", {}),
    Figure("cascade_floor_s", "Mức sàn: một lệnh INSERT … SELECT", "The floor: one INSERT … SELECT", "{:.3f} s", {}),
    Figure("send_to_floor", "Gửi xuống so với mức sàn", "Sending down to the floor", "{:.2f} ×", {"ministry": 1.5}),
    Figure("send_s", "Gửi một văn bản đến tất cả", "Sending a document to all", "{:.3f} s", {}),
    Figure("send_floor_s", "Mức sàn: hai lệnh INSERT … SELECT", "The floor: two INSERT … SELECT", "{:.3f} s", {}),
    Figure("root_queries", "Bảng cấp cao nhất: số truy vấn", "The root's board: queries", "{:.0f}", {"*": 10}),
    Figure(
        "root_read_to_recount", "Bốn ô và tỷ lệ so với đếm lại", "Cells and percentages to a recount", "{:.2%}",
        {"ministry": 0.01, "nation": 0.01},
    ),
    Figure(
        "heat_map_to_recount", "Bảng nhiệt so với đếm lại", "The heat map to a recount", "{:.1%}",
        {"ministry": 0.5, "nation": 0.5},
    ),
    Figure("root_read_s", "Bốn ô và tỷ lệ", "Cells and percentages", "{:.4f} s", {}),
    Figure("heat_map_s", "Bảng nhiệt", "The heat map", "{:.4f} s", {}),
    Figure("board_s", "Toàn bộ số liệu của bảng", "All figures of the board", "{:.4f} s", {}),
    Figure("recount_s", "Đếm lại trực tiếp", "The live recount", "{:.4f} s", {}),
    Figure("approve_statements", "Duyệt một báo cáo: số lệnh", "Approving one report: statements", "{:.0f}", {"*": 12}),
    Figure("approve_to_floor", "Duyệt so với hai lệnh UPDATE", "Approving to two bare updates", "{:.1f} ×", {"*": 8}),
    Figure("approve_s", "Duyệt một báo cáo", "Approving one report", "{:.4f} s", {}),
    Figure("approve_floor_s", "Mức sàn: hai lệnh UPDATE", "The floor: two bare updates", "{:.4f} s", {}),
    Figure("background_reports", "Báo cáo duyệt chạy nền", "Reports approved in the background", "{:,.0f}", {}),
    Figure("background_portions", "Số lượt chạy nền", "In so many portions", "{:,.0f}", {}),
    Figure("background_longest_s", "Lượt giữ khóa lâu nhất", "Longest lock of a portion", "{:.3f} s", {}),
    Figure("background_to_floor", "Duyệt chạy nền so với hai lệnh UPDATE", "All to two bare updates", "{:.1f} ×", {}),
    Figure("background_s", "Duyệt chạy nền, toàn bộ", "All of them in the background", "{:.2f} s", {}),
    Figure("background_floor_s", "Mức sàn: hai lệnh UPDATE cho tất cả", "The floor for all", "{:.2f} s", {}),
    Figure("scope_spread", "Danh sách: hẹp so với toàn bộ", "The list: narrow scopes to full", "{:.2f} ×", {"*": 1.5}),
    Figure("list_full_s", "Danh sách, toàn bộ", "The list, full scope", "{:.3f} s", {}),
    Figure("list_branch_s", "Danh sách, một nhánh", "The list, one branch", "{:.3f} s", {}),
    Figure("list_scattered_s", "Danh sách, 200 đơn vị rải rác", "The list, 200 scattered units", "{:.3f} s", {}),
    Figure("tree_key_s", "Đọc một đơn vị theo khóa", "Reading one unit by its key", "{:.4f} s", {}),
    Figure("tree_branch_to_floor", "Mở một nhánh so với đọc theo khóa", "Opening a branch to that", "{:.0f} ×", {}),
    Figure("tree_search_to_floor", "Tìm đơn vị không dấu", "Finding a unit without accents", "{:.0f} ×", {}),
    Figure("tree_unit_to_floor", "Trang của một đơn vị", "The page of a unit", "{:.0f} ×", {}),
    Figure("tree_reach_to_floor", "Phạm vi của người có 200 chức danh", "A reach of 200 posts", "{:.1f} ×", {}),
    Figure(
        "tree_growth", "Đọc: cây lớn nhất so với nhỏ nhất", "Reading: largest tree to smallest", "{:.1f} ×",
        {"nation": 2},
    ),
    Figure("moved", "Đơn vị được chuyển cùng một nhánh", "Units moved with a branch", "{:,.0f}", {}),
    Figure("move_s", "Chuyển nhánh ấy", "Moving that branch", "{:.3f} s", {}),
    Figure(
        "move_floor_s", "Mức sàn: ghi các dòng của đơn vị và nơi việc mở báo cáo lên",
        "The floor: the rows of its units and whom their open work answers to", "{:.3f} s", {},
    ),
    Figure("move_to_floor", "Chuyển so với mức sàn", "Moving to the floor", "{:.1f} ×", {}),
    Figure(
        "move_growth", "Mỗi đơn vị: nhánh lớn so với nhỏ", "Each unit: large branch to small", "{:.2f} ×",
        {"nation": 1.5},
    ),
    Figure("file_rows", "Dòng của một tệp tổ chức", "Rows of a file of units and posts", "{:,.0f}", {}),
    Figure("import_rows_s", "Nhập tệp ấy: dòng mỗi giây", "Bringing it in: rows a second", "{:,.0f}", {}),
    Figure("import_to_floor", "Ghi tệp so với mức sàn", "Storing it to the floor", "{:.1f} ×", {}),
    Figure("import_s", "Ghi tệp ấy", "Storing it", "{:.2f} s", {}),
    Figure("import_floor_s", "Mức sàn: chỉ các lệnh INSERT", "The floor: its inserts alone", "{:.2f} s", {}),
    Figure("export_rows_s", "Tải ra .xlsx: dòng mỗi giây", "Taking it out (.xlsx): rows a second", "{:,.0f}", {}),
    Figure("first_page_kb", "Trang đầu tiên", "First page", "{:.0f} KB", {"*": 150}),
    Figure("later_page_kb", "Trang sau nặng nhất", "Heaviest later page", "{:.0f} KB", {"*": 60}),
    Figure("page_s", "Một trang, trung bình", "A page, on the average", "{:.3f} s", {}),
    Figure("rss_mb", "Bộ nhớ sau một nghìn trang", "Memory after a thousand pages", "{:.0f} MB", {"*": 200}),
    Figure("search_documents", "Số văn bản được tìm", "Documents searched", "{:,.0f}", {}),
    Figure("search_p50_ms", "Tìm văn bản, trung vị", "Searching, median", "{:.1f} ms", {}),
    Figure("search_p95_ms", "Tìm văn bản, 95 % nhanh hơn", "Searching, 95 % faster than", "{:.1f} ms", {"*": 100}),
    Figure("search_to_floor", "Tìm so với đọc 20 dòng theo khóa", "Searching to 20 rows by key", "{:.0f} ×", {}),
    Figure("urged", "Phần việc được đôn đốc trong một ngày", "Assignments urged in one day", "{:,.0f}", {}),
    Figure("urge_s", "Lượt đôn đốc của ngày đó", "That day's run of urging", "{:.2f} s", {}),
    Figure("urge_rss_mb", "Bộ nhớ của lượt đôn đốc", "Memory of that run", "{:.0f} MB", {"*": 200}),
    Figure("period_reports", "Báo cáo của một kỳ", "Reports of one period", "{:,.0f}", {}),
    Figure("period_open_s", "Mở kỳ cho mọi đơn vị", "Opening the period for all", "{:.2f} s", {}),
    Figure("completeness_queries", "Trang đầy đủ, đúng hạn: số truy vấn", "Completeness: queries", "{:.0f}", {"*": 10}),
    Figure("completeness_to_floor", "Đếm theo nhánh so với COUNT", "By branch to a COUNT", "{:.1f} ×", {}),
    Figure("completeness_s", "Trang đầy đủ, đúng hạn", "The page of completeness", "{:.3f} s", {}),
    Figure("deadline_sent", "Báo cáo gửi trong giờ cao điểm, 9/giây", "Reports sent, nine a second", "{:.0f}", {}),
    Figure("deadline_lost", "Báo cáo bị mất", "Reports lost", "{:.0f}", {"*": 0}),
    Figure("deadline_doubled", "Báo cáo bị nhân đôi", "Reports doubled", "{:.0f}", {"*": 0}),
    Figure("deadline_p50_ms", "Gửi báo cáo, trung vị", "Sending, median", "{:.0f} ms", {}),
    Figure("deadline_p95_ms", "Gửi báo cáo, 95 % nhanh hơn", "Sending, 95 % faster than", "{:.0f} ms", {"*": 300}),
    Figure("deadline_read_p95_ms", "Đọc bảng lúc ấy, 95 % nhanh hơn", "Reading meanwhile, 95 %", "{:.0f} ms", {}),
    Figure("acts_at_once", "Việc ghi cùng lúc bởi tám người", "Acts by eight writers at once", "{:.0f}", {}),
    Figure("deadlocks", "Khóa chết", "Deadlocks", "{:.0f}", {"*": 0}),
    Figure("tally_wrong", "Số đếm sai sau đó", "Wrong counts afterwards", "{:.0f}", {"*": 0}),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    figure: Figure
    value: str
    limit: str
    met: bool | None


def rows(result: Result) -> Iterator[Row]:
    """One row for each figure measured; `met` is None where no limit holds on this scale."""
    for figure in FIGURES:
        if figure.key not in result:
            continue
        value, limit = result[figure.key], figure.limit(result["scale"])
        bounded = limit is not None and value is not None
        yield Row(
            figure,
            figure.written(value),
            f"≤ {figure.written(limit)}" if limit is not None else "",
            value <= limit if bounded else None,
        )


def missed(result: Result) -> list[str]:
    return [row.figure.key for row in rows(result) if row.met is False]

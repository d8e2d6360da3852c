"""Invented papers for the round trip: every word, name and number is made up from short lists."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from trienkhai.documents.layouts.composing import Paper
from trienkhai.documents.layouts.markup import Piece
from trienkhai.documents.layouts.spec import Layout
from trienkhai.norms.loading import DATA

LAYOUTS = {
    row["value"]["name"]: Layout.read(row["value"])
    for row in yaml.safe_load(Path(DATA / "layouts.yaml").read_text(encoding="utf-8"))
}
PARTY = ("HD 36-HD/VPTW", "HD 05-HD/VPTW")
TEXT = """
công tác xây dựng chi bộ vững mạnh nâng cao chất lượng sinh hoạt thường kỳ kiểm điểm rà soát bổ sung quy chế làm việc
đẩy mạnh tuyên truyền giáo dục truyền thống học tập thực hiện nhiệm vụ trọng tâm bảo đảm đúng tiến độ hiệu quả thiết
thực phòng ngừa khuyết điểm gương mẫu người đứng đầu cán bộ quần chúng ưu tú đoàn viên thanh niên chuyển đổi số ý kiến
nghĩa tình hướng dẫn nghiệp vụ lưu trữ quỹ hoạt động thủy lợi hòa giải khỏe mạnh ngoằn ngoèo khuỷu tay
"""
WORDS = tuple(TEXT.split())
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Vũ", "Đặng", "Bùi", "Hoàng", "Ngô")
GIVEN = ("Văn", "Thị", "Minh", "Đức", "Ngọc", "Thu", "Anh", "Hải", "Lan", "Sơn", "Thủy", "Hòa", "Khuê", "Yến", "Ẩn")
PLACES = ("Minh Họa", "Thử", "Bình Thử", "Đông Minh", "Yên Hòa")
BODIES = ("Văn phòng Đảng ủy", "Ban Tổ chức Đảng ủy", "Ủy ban Kiểm tra Đảng ủy", "Ban Tuyên giáo Đảng ủy")
OFFICERS = {True: ("Bí thư", "Phó Bí thư", "Phó Bí thư Thường trực"), False: ("Chủ tịch", "Phó Chủ tịch")}
DEADLINES = ("Quý III/2026", "Tháng 9/2026", "Trước ngày 30/6/2026", "Thường xuyên", "Hằng năm", "31/12/2026")
PRODUCTS = ("Báo cáo", "Kế hoạch", "Quy chế", "Hướng dẫn", "Văn bản chỉ đạo")
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm")
ROMAN = ("I", "II", "III", "IV", "V")


def words(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


def capitalised(least: int, most: int) -> st.SearchStrategy[str]:
    return words(least, most).map(lambda text: text[:1].upper() + text[1:])


sentences = st.builds(lambda text, end: f"{text}{end}", capitalised(6, 60), st.sampled_from([".", ".", ";"]))
headings = capitalised(3, 8)
names = st.builds(lambda a, b, c: f"{a} {b} {c}", *map(st.sampled_from, (FAMILIES, GIVEN, GIVEN)))
days = st.integers(0, 8 * 365).map(lambda count: date(2018, 5, 1) + timedelta(count))


@st.composite
def table(draw: st.DrawFn) -> Piece:
    """Tasks, one a row, as the appendix of a plan has them."""
    rows = [COLUMNS]
    for number in range(1, draw(st.integers(2, 5))):
        lead, other = draw(st.permutations(BODIES))[:2]
        task = draw(capitalised(5, 25))
        rows.append((str(number), task, lead, other, draw(st.sampled_from(DEADLINES)), draw(st.sampled_from(PRODUCTS))))
    return Piece("table", rows=tuple(rows))


@st.composite
def bodies(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Headings I, II …; under each points 1, 2 …; under those a), b) or dashes; perhaps a table; a last paragraph."""
    pieces = [Piece("paragraph", draw(sentences))]
    for number in range(draw(st.integers(1, 3))):
        pieces.append(Piece("roman", draw(headings).upper(), ROMAN[number]))
        for point in range(1, draw(st.integers(2, 4))):
            pieces.append(Piece("arabic", draw(st.one_of(headings, sentences)), str(point)))
            for index in range(draw(st.integers(0, 2))):
                pieces.append(Piece("letter", draw(sentences), "abcd"[index]))
            pieces += [Piece("dash", draw(sentences)) for _ in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        pieces.append(Piece("roman", "PHÂN CÔNG NHIỆM VỤ", ROMAN[number + 1]))
        pieces.append(draw(table()))
    pieces.append(Piece("paragraph", draw(capitalised(6, 30)) + "."))
    return tuple(pieces)


@st.composite
def papers(draw: st.DrawFn, layout: Layout, kind: str) -> Paper:
    party, place = layout.name in PARTY, draw(st.sampled_from(PLACES))
    issuer = draw(st.sampled_from(["Đảng ủy xã", "Đảng ủy phường"] if party else ["Ủy ban nhân dân xã"]))
    parent = "Đảng bộ tỉnh" if party else "Ủy ban nhân dân tỉnh"
    cited = st.builds(
        lambda number, day, title: f"Căn cứ Nghị quyết số {number:02}-NQ/ĐUMH, ngày {day:%d/%m/%Y} về {title}",
        st.integers(401, 700), days, words(3, 8),
    )  # fmt: skip
    recipient = st.builds(lambda body, more: f"{body} {more}", st.sampled_from(["Các chi bộ", "Các ban"]), words(2, 4))
    fields: dict[str, Any] = {
        "title": "về " + draw(words(4, 18)),
        "issuer": f"{issuer} {place}",
        "parent": f"{parent} {draw(st.sampled_from(PLACES))}",
        "symbol_body": "ĐUMH" if party else "UBND",
        "number": str(draw(st.integers(1, 400))),
        "place": place,
        "issued_on": draw(days),
        "bases": tuple(draw(st.lists(cited, max_size=3, unique_by=lambda text: text.split()[5]))),
        "body": draw(bodies()),
        "recipients": (*draw(st.lists(recipient, min_size=1, max_size=4)), "Lưu Văn phòng"),
        "addressees": tuple(draw(st.lists(recipient, min_size=1, max_size=3))),
        "authority": (f"{layout.authorities[0]} {issuer.rpartition(' ')[0]}",),
        "signer_role": draw(st.sampled_from(OFFICERS[party])),
        "signer_name": draw(names),
        "urgency": draw(st.sampled_from(["", "", "Khẩn", "Hỏa tốc"])),
    }
    return Paper(kind=layout.kinds[kind], **fields)

"""A long document: its time grows as its pages."""

import time

from trienkhai.documents.reader import read_text

from . import samples

PAGE = 2_800  # characters of a printed page


def long_document(pages: int) -> str:
    """A plan of so many pages: sections of duties by addressee, each paragraph with words of its own, and a table."""
    head, heading, rest = samples.PLAN.partition("II. TỔ CHỨC THỰC HIỆN\n")
    ending = rest[rest.index("Nơi nhận") :]
    parts, number = [head, heading], 0
    while sum(map(len, parts)) < PAGE * pages * 0.8:
        number += 1
        parts.append(
            f"{number}. Phòng Lưu trữ số {number}\n"
            f"- Chủ trì, phối hợp với Phòng Kế hoạch, Văn phòng Sở và các đơn vị lập danh mục hồ sơ nhóm {number} "
            f"theo Quyết định số {number}/QĐ-UBMH ngày 02/01/2031, hoàn thành trước ngày {number % 27 + 1}/4/2031.\n"
            "a) Bố trí kinh phí, trang thiết bị phục vụ số hóa; hằng quý báo cáo Giám đốc Sở kết quả thực hiện.\n"
            f"b) Giao Trung tâm Minh Họa xây dựng phần mềm hồ sơ đợt {number}; Phòng Tổng hợp thẩm định dự toán "
            "trong tháng 5/2031, bảo đảm đúng tiến độ và chất lượng.\n"
        )
    rows = [
        f"| {n} | Số hóa hồ sơ khối {n} | Phòng Số {n} | Văn phòng Sở | Quý IV/2031 | Báo cáo |"
        for n in range(1, 7 * pages)
    ]
    table = "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Sản phẩm |\n" + "\n".join(rows)
    return "".join(parts) + ending + "\nPHỤ LỤC\n" + table + "\n"


def spent(text: str) -> float:
    """Seconds of processor time, the least of three readings."""
    rounds = []
    for _round in range(3):
        begun = time.process_time()
        read_text(text)
        rounds.append(time.process_time() - begun)
    return min(rounds)


def test_eight_times_the_pages_are_read_in_about_eight_times_the_time():
    """Twenty times is generous, and far from a square's sixty-four."""
    short, long = long_document(8), long_document(64)

    assert len(read_text(long).tasks) > 1000
    assert spent(long) < 20 * spent(short)

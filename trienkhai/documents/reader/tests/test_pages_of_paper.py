"""What stands on a page beside the text: its number, and notes at its foot."""

from trienkhai.documents.reader import read_text

PLAN = """UBND TỈNH MINH HỌA
SỞ THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/KH-STN
Minh Họa, ngày 3 tháng 4 năm 2031

KẾ HOẠCH
Thử nghiệm năm 2031

"""


def test_an_attached_document_counts_its_pages_anew():
    lines = [f"Đoạn văn số {n} nói về việc thử nghiệm trong năm và các bước tiếp theo của" for n in range(90)]
    lines[14], lines[60] = f"{'':41}2\n", f"{'':41}2\n"

    text = read_text(PLAN + "\n".join(lines)).text

    assert "của 2" not in text


def test_a_footnote_is_no_task():
    body = (
        "1. Phòng Thử nghiệm\n"
        "- Xây dựng phương án quản lý mẫu thử nghiệm1.\n"
        "1 Các phòng thực hiện theo quy định của Luật Thử nghiệm và các văn bản hướng dẫn.\n"
        "theo đúng thời hạn; xây dựng báo cáo trình Giám đốc Sở.\n"
        "- Tổng hợp kết quả, báo cáo Giám đốc Sở.\n"
    )

    tasks = [task.text for task in read_text(PLAN + body).tasks]

    assert len(tasks) == 2
    assert not any("Luật Thử nghiệm" in task for task in tasks)

"""Where the words of a deadline stand in a task's sentence; what day they mean is in test_deadlines."""

import pytest

from trienkhai.documents.reader.tasks.fields import deadline

FOUND = """
Các chi bộ xây dựng kế hoạch, hoàn thành [trong quý IV/2025].
Đảng ủy gửi báo cáo về Văn phòng [xong trước ngày 15/3/2017] để tổng hợp.
Kiểm tra việc thực hiện, [định kỳ 6 tháng] báo cáo Ban Thường vụ.
Ban Tuyên giáo tham mưu kế hoạch [chậm nhất là ngày 28 tháng 02 năm 2017].
Báo cáo kết quả [trước ngày 25 hằng tháng].
Tổ chức hội nghị [trong vòng 30 ngày kể từ ngày ký ban hành Nghị quyết].
Triển khai Nghị quyết số 03-NQ/ĐUMH ngày 12/01/2017 [trong tháng 3/2017].
Tổng kết [trước ngày 15 tháng 6 và trước ngày 01 tháng 12], gửi về Ban.
Rà soát quy chế, hoàn thành [tháng 12/2017].
Trả lời [trong thời hạn 10 (mười) ngày làm việc kể từ ngày nhận được đề nghị], gửi về Ban.
Báo cáo Ban [trước ngày 15/6 và 15/12].
[Hằng năm], tổ chức đối thoại với đoàn viên.
[Thường xuyên] kiểm tra, đôn đốc các đơn vị.
Gửi số liệu [vào thứ Sáu hằng tuần] để tổng hợp.
Tổng hợp tình hình [hằng tuần] báo cáo Ban.
Hoàn thành việc sửa chữa phòng học [trước khi khai giảng năm học mới].
Kiểm tra các tuyến đê [trước mùa mưa bão 2031].
Thực hiện các giải pháp [trong những tháng cuối năm 2031 và đầu năm 2032].
"""


@pytest.mark.parametrize("marked", FOUND.strip().splitlines())
def test_the_words_of_a_deadline_are_found_in_a_sentence(marked):
    sentence = marked.replace("[", "").replace("]", "")

    words = deadline(sentence)

    assert words and sentence.replace(words, f"[{words}]") == marked


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 03-NQ/ĐUMH ngày 12 tháng 01 năm 2017 của Đảng ủy.",
        "Quán triệt kế hoạch phát triển giai đoạn 2016 - 2020.",
        "Đến năm 2030 có 100% chi bộ đạt chuẩn.",
        "Chủ động, thường xuyên nắm tình hình và kịp thời báo cáo.",
        "Nâng cao chất lượng sinh hoạt chi bộ.",
        "Duy trì giao ban theo kế hoạch hằng tuần.",
        "",
    ],
)
def test_the_days_of_cited_documents_names_of_plans_and_aims_are_no_deadline(sentence):
    assert deadline(sentence) is None

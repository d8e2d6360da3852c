"""Who is charged, in the turns of phrase of letters, plans and decisions that the reader met outside its first set."""

import pytest

from trienkhai.documents.reader import read_text

LETTER = "SỞ MẪU\nSố: 12/SM-VP\nV/v rà soát hồ sơ\nMinh Họa, ngày 2 tháng 5 năm 2031\n\nKính gửi: Các trường.\n\n"


def tasks(body, head="KẾ HOẠCH\nThực hiện việc mẫu\n\nII. NHIỆM VỤ\n"):
    return read_text(f"{head}{body}\n").tasks


@pytest.mark.parametrize(
    ("sentence", "lead", "coordinating"),
    [
        ("1. Duy trì tổ điều hành hồ sơ do Sở Mẫu chủ trì, phối hợp với các xã.", "Sở Mẫu", ["các xã"]),
        ("1. Lập danh mục hồ sơ mẫu (Sở Mẫu chủ trì, phối hợp với các xã).", "Sở Mẫu", ["các xã"]),
        ("1. Hoàn thiện thể chế: Sở Mẫu chủ trì rà soát quy định.", "Sở Mẫu", []),
        ("1. Ủy quyền cho Sở Mẫu ký hợp đồng thuê kho.", "Sở Mẫu", []),
        ("1. Các đơn vị chưa báo cáo khẩn trương gửi số liệu.", "Các đơn vị chưa báo cáo", []),
        (
            "1. Ban Chỉ đạo tỉnh về chuyển đổi số xây dựng chương trình công tác.",
            "Ban Chỉ đạo tỉnh về chuyển đổi số",
            [],
        ),
        ("1. Văn phòng Bộ xây dựng phần mềm hồ sơ.", "Văn phòng Bộ", []),
        ("1. Sở xây dựng chủ trì lập danh mục.", "Sở xây dựng", []),
        ("1. Vụ Vật liệu xây dựng rà soát tiêu chuẩn.", "Vụ Vật liệu xây dựng", []),
        ("1. Hội Liên hiệp Phụ nữ tỉnh mở lớp tập huấn.", "Hội Liên hiệp Phụ nữ tỉnh", []),
        ("1. Giao Giám đốc Sở Mẫu thừa ủy quyền Chủ tịch ký Tờ trình.", "Giám đốc Sở Mẫu", []),
        (
            "1. Các sở, ngành đến nay chưa có báo cáo theo Công văn số 7/SM-VP, khẩn trương gửi báo cáo về Sở Mẫu.",
            "Các sở, ngành",
            [],
        ),
        ("1. Rà soát hồ sơ do các xã đang lưu giữ tại kho.", None, []),
    ],
)
def test_who_is_charged(sentence, lead, coordinating):
    (task,) = tasks(sentence)

    assert (task.lead, task.coordinating) == (lead, coordinating)


def test_whoever_writes_a_letter_charges_others_only():
    body = "Sở Mẫu tổng hợp kết quả, báo cáo tỉnh. Đề nghị các trường gửi báo cáo trước ngày 20/5/2031."

    assert [(task.lead, task.deadline) for task in tasks(body, LETTER)] == [("các trường", "trước ngày 20/5/2031")]


def test_a_letter_that_reports_upwards_charges_nobody():
    body = "Thực hiện Công văn số 7/UBMH-TH, Chủ tịch giao Sở Mẫu (SM) rà soát hồ sơ, Sở Mẫu (SM) báo cáo như sau:\n"
    body += "1. Kết quả\na) Về số lượng hồ sơ đã rà soát\nTính đến nay đã rà soát 21 hồ sơ."

    assert tasks(body, LETTER) == []


def test_a_letter_may_call_its_addressee_quy():
    body = "Sở Mẫu đề nghị quý cơ quan gửi báo cáo trước ngày 20/5/2031."

    assert [(task.lead, task.deadline) for task in tasks(body, LETTER)] == [("quý cơ quan", "trước ngày 20/5/2031")]


def test_a_letter_that_only_informs_gives_no_duty():
    assert tasks("Sở Mẫu thông báo để quý cơ quan biết.", LETTER) == []


def test_a_closing_formula_behind_a_duty_is_none():
    body = "Sở Mẫu yêu cầu các trường gửi danh sách trước ngày 20/5/2031. "
    body += "Đề nghị các trường nghiêm túc triển khai thực hiện."

    assert [task.deadline for task in tasks(body, LETTER)] == ["trước ngày 20/5/2031"]


@pytest.mark.parametrize(
    "statement",
    [
        "Hàng hóa mẫu có giá trị trên 100 triệu đồng thì không được miễn thuế.",
        "Để nâng cao chất lượng hồ sơ, Sở Mẫu ban hành Kế hoạch rà soát như sau.",
    ],
)
def test_what_only_tells_how_things_are_is_no_duty(statement):
    assert tasks(f"Sở Mẫu đề nghị các trường thực hiện:\n1. Về thuế\n{statement}", LETTER) == []


def test_a_circular_charges_in_its_closing_article():
    body = "Điều 8. Hồ sơ\n1. Sở Mẫu kiểm tra hồ sơ.\nĐiều 9. Tổ chức thực hiện\n1. Sở Mẫu lập danh mục hồ sơ."

    assert [task.clause for task in tasks(body, "THÔNG TƯ\nQuy định việc mẫu\n\n")] == ["Điều 9.1"]


@pytest.mark.parametrize(
    "closing",
    [
        "Nhận được Công văn này, yêu cầu các trường nghiêm túc triển khai thực hiện. Trong quá trình thực hiện nếu có "
        "vướng mắc, đề nghị báo cáo về Sở Mẫu để được hướng dẫn.",
        "Trên đây là Kế hoạch thực hiện việc mẫu. Đề nghị các sở, ngành nghiêm túc triển khai thực hiện.",
        "Sở Mẫu thông báo để các trường biết. Đề nghị các trường phối hợp thực hiện./.",
    ],
)
def test_closing_words_of_several_sentences_are_no_duty(closing):
    body = f"Sở Mẫu đề nghị các trường:\n1. Rà soát cơ sở vật chất.\n{closing}"

    assert [task.text for task in tasks(body, LETTER)] == ["Rà soát cơ sở vật chất."]


def test_full_stops_in_brackets_end_no_sentence():
    body = "1. Sở Mẫu lập danh mục hồ sơ (theo mẫu số 1; mẫu số 2. Gửi kèm) trong quý II/2031."

    (task,) = tasks(body)

    assert (task.lead, task.deadline) == ("Sở Mẫu", "trong quý II/2031")


def test_an_open_bracket_swallows_nothing():
    first, *_rest = tasks("1. Sở Mẫu lập danh mục (mẫu 1. Các xã báo cáo kết quả.")

    assert first.lead == "Sở Mẫu"


def test_the_last_item_of_a_list_is_a_duty_though_closing_words_stand_below_it():
    body = (
        "1. Tổ chức kiểm tra hồ sơ tại các xã.\n2. Tổng hợp kết quả kiểm tra hồ sơ.\nTrên đây là Kế hoạch của Sở Mẫu."
    )

    assert [task.text for task in tasks(body)] == [
        "Tổ chức kiểm tra hồ sơ tại các xã.",
        "Tổng hợp kết quả kiểm tra hồ sơ.",
    ]


def test_one_label_may_name_who_leads_and_who_helps():
    (task,) = tasks("1. Nâng cấp đường truyền tại các xã.\nTrách nhiệm thực hiện: Sở Mẫu chủ trì, các xã phối hợp.")

    assert (task.lead, task.coordinating) == ("Sở Mẫu", ["các xã"])


@pytest.mark.parametrize(
    ("sentence", "product"),
    [
        ("1. Bộ Xây dựng kế hoạch hóa việc rà soát hồ sơ.", None),
        (
            "1. Bộ Xây dựng ban hành kế hoạch rà soát (trong đó nêu rõ tiến độ), báo cáo tỉnh.",
            "kế hoạch rà soát (trong đó nêu rõ tiến độ)",
        ),
        ("1. Sở Mẫu trình Đề án mẫu (sau khi lấy ý kiến; thẩm định).", "Đề án mẫu"),
    ],
)
def test_what_is_to_be_made(sentence, product):
    assert tasks(sentence)[0].product == product


def test_one_sentence_sets_the_day_by_which_all_is_sent():
    body = "Sở Mẫu đề nghị các trường:\n1. Rà soát cơ sở vật chất.\n2. Lập danh sách giáo viên.\n"
    body += "Mọi thông tin gửi về Sở Mẫu trước ngày 20/5/2031."

    assert [task.deadline for task in tasks(body, LETTER)] == ["trước ngày 20/5/2031"] * 2

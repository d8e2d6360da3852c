"""Duties in prose: sentences, lead-ins, headings, shared deadlines; what a regulation does not ask."""

import pytest

from trienkhai.documents.reader import read_text


def tasks(body, head="KẾ HOẠCH\nThực hiện việc mẫu\n"):
    return read_text(f"{head}\n{body}\n").tasks


@pytest.mark.parametrize(
    ("sentence", "lead", "coordinating", "deadline"),
    [
        (
            "1. Giao Sở Mẫu chủ trì, phối hợp với Sở Thử nghiệm và các xã lập danh mục, hoàn thành trong quý IV/2031.",
            "Sở Mẫu",
            ["Sở Thử nghiệm", "các xã"],
            "trong quý IV/2031",
        ),
        ("1. Sở Mẫu có trách nhiệm rà soát hồ sơ trước ngày 30/6/2031.", "Sở Mẫu", [], "trước ngày 30/6/2031"),
        ("1. Yêu cầu các sở, ngành báo cáo kết quả rà soát hồ sơ.", "các sở, ngành", [], None),
        ("1. Đề nghị Ban Dân vận Đảng ủy Khối theo dõi, đôn đốc.", "Ban Dân vận Đảng ủy Khối", [], None),
        ("1. Sở Mẫu chịu trách nhiệm theo dõi, đôn đốc việc số hóa hồ sơ.", "Sở Mẫu", [], None),
        ("1. Sở Mẫu (sau đây gọi là SM) chủ trì hướng dẫn việc số hóa.", "Sở Mẫu", [], None),
        ("1. Các tỉnh ủy, thành ủy tổ chức nghiên cứu, quán triệt.", "Các tỉnh ủy, thành ủy", [], None),
        ("1. Ban Quản lý các khu công nghiệp: Đôn đốc nhà đầu tư.", "Ban Quản lý các khu công nghiệp", [], None),
        ("1. Các chi bộ cơ sở xây dựng chương trình hành động.", "Các chi bộ cơ sở", [], None),
        ("1. Sở Mẫu báo cáo trước ngày 15 tháng cuối quý.", "Sở Mẫu", [], "trước ngày 15 tháng cuối quý"),
        ("1. Phân công Văn phòng Đảng ủy theo dõi việc thực hiện Kế hoạch.", "Văn phòng Đảng ủy", [], None),
    ],
)
def test_a_sentence_charges_a_body(sentence, lead, coordinating, deadline):
    (task,) = tasks(f"II. TỔ CHỨC THỰC HIỆN\n{sentence}")

    assert (task.lead, task.coordinating, task.deadline) == (lead, coordinating, deadline)


def test_a_heading_that_ends_with_a_full_stop_names_who_is_charged():
    found = tasks(
        "1. Sở Mẫu.\na) Phối hợp với Sở Thử nghiệm rà soát hồ sơ.\nb) Báo cáo kết quả.\n"
        "2. Các cấp ủy, tổ chức đảng\n- Tổ chức quán triệt Kế hoạch."
    )

    assert [task.lead for task in found] == ["Sở Mẫu", "Sở Mẫu", "Các cấp ủy, tổ chức đảng"]


def test_a_lead_in_charges_the_items_below_it():
    head = (
        "SỞ THỬ NGHIỆM\nSố: 12/STN-VP\nV/v rà soát hồ sơ\nMinh Họa, ngày 2 tháng 5 năm 2031\n\nKính gửi: Các trường.\n"
    )
    body = "Để chuẩn bị năm học mới, Sở Thử nghiệm (STN) đề nghị các trường thực hiện một số nội dung sau:\n\n"
    body += "1. Rà soát cơ sở vật chất của các lớp học mẫu.\n2. Tổ chức tập huấn cho giáo viên mẫu."

    assert [task.lead for task in tasks(body, head)] == ["các trường", "các trường"]


def test_a_telegram_charges_the_body_it_is_sent_to():
    head = "BAN CHỈ ĐẠO MINH HỌA\nSố: 5/CĐ-BCĐMH\nMinh Họa, ngày 2 tháng 9 năm 2031\n\n"
    head += "CÔNG ĐIỆN KHẨN\nBAN CHỈ ĐẠO MINH HỌA\nĐIỆN: Sở Thử nghiệm\n"
    (task,) = tasks("Để kịp thời khắc phục sự cố:\n\n1. Tập trung huy động lực lượng khắc phục sự cố mẫu.", head)

    assert (task.lead, task.flags) == ("Sở Thử nghiệm", ["understood_lead"])


def test_one_sentence_sets_the_deadline_of_all_items_above_it():
    found = tasks(
        "II. NHIỆM VỤ\n1. Sở Mẫu\n- Lập danh mục hồ sơ mẫu.\n- Công bố danh mục hồ sơ mẫu trong tháng 4/2031.\n"
        "- Các nhiệm vụ trên hoàn thành trước ngày 30/6/2031.\n"
    )

    assert [task.deadline for task in found] == ["trước ngày 30/6/2031", "trong tháng 4/2031"]


REGULATION = """QUY CHẾ
Quản lý hồ sơ mẫu

Điều 3. Trách nhiệm của Sở Mẫu
1. Quản lý hồ sơ theo quy định của pháp luật.
2. Phối hợp với các cơ quan liên quan bảo quản hồ sơ.
3. Báo cáo Ủy ban nhân dân tỉnh Minh Họa trước ngày 15/12 hằng năm.
Điều 9. Tổ chức thực hiện
1. Giao Sở Thử nghiệm hướng dẫn việc thực hiện Quy chế này.
"""


def test_a_regulation_gives_tasks_only_with_a_time_or_in_its_closing_articles():
    assert [(task.lead, task.text[:12]) for task in read_text(REGULATION).tasks] == [
        ("Sở Mẫu", "Báo cáo Ủy b"),
        ("Sở Thử nghiệm", "Giao Sở Thử "),
    ]


def test_a_decision_charges_one_body_in_its_articles_and_all_in_its_formula():
    head = "ỦY BAN NHÂN DÂN TỈNH MINH HỌA\nSố: 8/QĐ-UBMH\n\nQUYẾT ĐỊNH\nBan hành Quy chế mẫu\n"
    body = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế mẫu.\n"
        "Điều 2. Giám đốc Sở Mẫu phối hợp với các sở liên quan tổ chức triển khai thực hiện Quyết định này.\n"
        "Điều 3. Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này.\n"
    )

    assert [task.lead for task in tasks(body, head)] == ["Giám đốc Sở Mẫu"]


def test_the_words_of_a_task_have_their_places():
    reading = read_text(
        "KẾ HOẠCH\nmẫu\n\nII. NHIỆM VỤ\n1. Sở Mẫu\n- Phối hợp với Sở Thử nghiệm lập danh mục trước ngày 30/6/2031.\n"
    )
    (task,) = reading.tasks

    words = {key: reading.text[span[0] : span[1]] for key, span in task.spans.items() if span}
    assert (words["lead"], words["coordinating.0"], words["deadline"]) == (
        "Sở Mẫu",
        "Sở Thử nghiệm",
        "trước ngày 30/6/2031",
    )


def test_items_numbered_with_a_dash_as_party_papers_do():
    head = "CHỈ THỊ\ncủa Ban Thường vụ Đảng ủy Khối\nvề mẫu\n"
    body = "Ban Thường vụ Đảng ủy Khối yêu cầu các cấp ủy, tổ chức đảng thực hiện các nhiệm vụ sau:\n"
    body += "1- Quán triệt sâu sắc Chỉ thị này.\n2- Ban Tuyên giáo Đảng ủy Khối hướng dẫn tuyên truyền\n"
    body += "theo Kết luận số\n75-KL/TUMH ngày 01/02/2031.\n"

    assert [(task.clause, task.lead) for task in tasks(body, head)] == [
        ("1", "các cấp ủy, tổ chức đảng"),
        ("2", "Ban Tuyên giáo Đảng ủy Khối"),
    ]


def test_a_letter_asks_in_the_middle_of_its_only_sentence():
    head = "TỈNH ỦY MINH HỌA\nVĂN PHÒNG\n*\nSố 34-CV/VPTUMH\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    head += "Minh Họa, ngày 01 tháng 4 năm 2031\n\nKính gửi: Các đảng ủy trực thuộc.\n\n"
    body = "Thực hiện Kết luận số 21-KL/TWMH, ngày 03/3/2031 của Ban Bí thư, Văn phòng Tỉnh ủy đề nghị các đảng ủy "
    body += "báo cáo kết quả trước ngày 20/4/2031.\nĐồng chí liên hệ: Trần Minh Họa."

    assert [(task.lead, task.deadline) for task in tasks(body, head)] == [("các đảng ủy", "trước ngày 20/4/2031")]


def test_labels_under_an_item_or_on_one_line_tell_who_and_when():
    found = tasks(
        "II. NHIỆM VỤ\n1. Hạ tầng\na) Nâng cấp đường truyền tại các xã mẫu.\n- Chủ trì: Sở Mẫu\n"
        "- Đơn vị phối hợp: Sở Thử nghiệm; các xã.\n- Thời gian hoàn thành: Quý II/2031.\n"
        "2. Nhân lực\n- Tổ chức lớp tập huấn mẫu.\n"
        "Cơ quan chủ trì: Sở Mẫu; cơ quan phối hợp: các xã; thời gian thực hiện: tháng 6/2031.\n"
    )

    assert [(task.lead, task.coordinating, task.deadline) for task in found] == [
        ("Sở Mẫu", ["Sở Thử nghiệm", "các xã"], "Quý II/2031"),
        ("Sở Mẫu", ["các xã"], "tháng 6/2031"),
    ]


def test_bodies_are_assigned_in_the_closing_part_of_a_cells_resolution():
    head = "ĐẢNG BỘ KHỐI MINH HỌA\nBAN CHẤP HÀNH\n*\nSố 2-NQ/ĐUMH\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    head += "Minh Họa, ngày 20 tháng 10 năm 2031\n\nNGHỊ QUYẾT\nvề mẫu\n"
    body = "I. TÌNH HÌNH\n1. Nhiều cấp ủy đã chủ động lãnh đạo.\nIII. PHÂN CÔNG THỰC HIỆN\n"
    body += "1. Ủy ban Kiểm tra Đảng ủy Khối đưa việc thực hiện Nghị quyết vào chương trình kiểm tra.\n"
    body += "2. Các chi bộ, đảng bộ cơ sở xây dựng chương trình hành động trước ngày 31/12/2031.\n"
    reading = read_text(head + body)

    assert reading.issuer.casefold() == "ban chấp hành đảng bộ khối minh họa"
    assert [(task.lead, task.deadline) for task in reading.tasks] == [
        ("Ủy ban Kiểm tra Đảng ủy Khối", None),
        ("Các chi bộ, đảng bộ cơ sở", "trước ngày 31/12/2031"),
    ]

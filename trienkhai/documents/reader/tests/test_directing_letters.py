"""Turns of phrase of letters, plans and party resolutions that give tasks, as offices print them today."""

import pytest

from trienkhai.documents.reader import read_text

PLAN = "KẾ HOẠCH\nThực hiện việc mẫu\n\nII. NHIỆM VỤ\n"
LETTER = "SỞ MẪU\nSố: 12/SM-VP\nV/v rà soát hồ sơ\nMinh Họa, ngày 2 tháng 5 năm 2031\n\nKính gửi: Các trường.\n\n"
RESOLUTION = "CHI BỘ PHÒNG MẪU\n*\nSố 07-NQ/CBM\n\nNGHỊ QUYẾT\nsinh hoạt chi bộ tháng 6\n\nII. NHIỆM VỤ THÁNG 6\n"


def tasks(body, head=PLAN):
    return read_text(f"{head}{body}\n").tasks


def leads(body, head=PLAN):
    return [task.lead for task in tasks(body, head)]


@pytest.mark.parametrize(
    ("item", "lead", "coordinating"),
    [
        (
            "1. Viện Thủy văn và Hồ chứa; Viện Chiến lược, Chính sách tài nguyên và môi trường nghiên cứu đề án.",
            "Viện Thủy văn và Hồ chứa; Viện Chiến lược, Chính sách tài nguyên và môi trường",
            [],
        ),
        (
            "1. Chủ đầu tư hạ tầng khu, cụm công nghiệp san tạo mặt bằng theo tiến độ.",
            "Chủ đầu tư hạ tầng khu, cụm công nghiệp",
            [],
        ),
        (
            "1. Sở Mẫu chủ trì, phối hợp với các sở, ngành và các trường nghề trong và ngoài tỉnh tổ chức đào tạo.",
            "Sở Mẫu",
            ["các sở, ngành", "các trường nghề trong và ngoài tỉnh"],
        ),
        ("1. Các cấp ủy, chính quyền, lãnh đạo, chỉ đạo quán triệt Nghị quyết.", "Các cấp ủy, chính quyền", []),
        ("1. Thống đốc Ngân hàng Mẫu chỉ đạo bảo đảm tiền mặt.", "Thống đốc Ngân hàng Mẫu", []),
        ("1. Chi đoàn Văn phòng tổ chức ngày thứ bảy tình nguyện.", "Chi đoàn Văn phòng", []),
        ("1. Giao đ/c Lê Thị Thử tham mưu kế hoạch kiểm tra.", "đ/c Lê Thị Thử", []),
        (
            "1. Phân công đồng chí Trần Văn Mẫu, Chủ tịch UBND xã phụ trách công tác bố trí kinh phí.",
            "đồng chí Trần Văn Mẫu, Chủ tịch UBND xã",
            [],
        ),
    ],
)
def test_names_that_hold_commas_places_and_posts(item, lead, coordinating):
    (task,) = tasks(item)

    assert (task.lead, task.coordinating) == (lead, coordinating)


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        ("1. Thu, nộp đảng phí đúng quy định: đồng chí Hoàng Thị Thử.", "đồng chí Hoàng Thị Thử"),
        ("1. Rà soát hồ sơ đảng viên - đ/c Trần Văn Mẫu.", "đ/c Trần Văn Mẫu"),
        ("1. Công tác chuyên môn: Hoàn thành báo cáo (đồng chí Lê Văn Mẫu chủ trì).", "đồng chí Lê Văn Mẫu"),
    ],
)
def test_a_cell_names_the_comrade_behind_the_duty(item, lead):
    assert leads(item, RESOLUTION) == [lead]


def test_what_charges_bodies_below_it_is_a_topic():
    body = (
        "1. Hoàn thành di dời kho mẫu.\nUBND phường Mẫu chủ trì, phối hợp với Sở Thử nghiệm lập phương án.\n"
        "2. Thành lập mới các tổ mẫu:\n- Sở Mẫu chủ trì tham mưu thủ tục.\n- Các xã hướng dẫn người dân.\n"
        "3. Số hóa hồ sơ lưu trữ.\n"
    )

    assert leads(body) == ["UBND phường Mẫu", "Sở Mẫu", "Các xã", None]


def test_a_duty_told_in_its_parts_is_one():
    body = (
        "Giám đốc Sở yêu cầu các đơn vị thực hiện các nội dung sau:\n1. Phó Giám đốc Sở - Trần Văn Mẫu\n"
        "Trực tiếp chỉ đạo việc cấp giấy chứng nhận mẫu.\n2. Phòng Thử nghiệm\n"
        "Chủ trì tham mưu thực hiện các thủ tục được ủy quyền, bao gồm:\n"
        "- Cấp, cấp lại giấy chứng nhận mẫu cho các tổ chức;\n- Kiểm tra hồ sơ cấp mới.\n"
    )

    assert leads(body, LETTER) == ["Phó Giám đốc Sở - Trần Văn Mẫu", "Phòng Thử nghiệm"]


@pytest.mark.parametrize(
    "closing",
    [
        "Căn cứ nội dung văn bản, các trường tổ chức thực hiện./.",
        "Căn cứ ý kiến chỉ đạo, yêu cầu các trường, phòng triển khai thực hiện./.",
        "Sở Mẫu trân trọng cảm ơn sự phối hợp chặt chẽ của các trường./.",
        "Sở Mẫu trân trọng đề nghị các trường quan tâm thực hiện./.",
        "Đối với hồ sơ liên quan đến nghĩa vụ tài chính thì ngoài căn cứ quy định trên thì cần xem Thông tư mẫu.",
        "Kinh phí thực hiện được bố trí từ ngân sách nhà nước trong dự toán hằng năm.",
    ],
)
def test_what_closes_or_explains_gives_no_task(closing):
    body = f"Sở Mẫu đề nghị các trường thực hiện các nội dung sau:\n1. Rà soát hồ sơ của lớp học mẫu.\n{closing}\n"

    assert [task.text for task in tasks(body, LETTER)] == ["Rà soát hồ sơ của lớp học mẫu."]


def test_an_order_with_its_content_is_still_a_duty():
    body = "Căn cứ nội dung Kế hoạch này, các xã xây dựng kế hoạch và tổ chức thực hiện."

    assert leads(body) == ["các xã"]


def test_a_heading_that_fills_its_line_is_not_read_into_the_paragraph_below_it():
    filler = "".join(
        f"      Đoạn văn mẫu số {n} kể về tình hình chung của các hồ sơ mẫu và\nviệc lưu giữ.\n" for n in range(9)
    )
    body = (
        f"{filler}      8. Các sở, ban, ngành và các đơn vị khác có liên quan\n"
        "      Phối hợp chặt chẽ với Sở Mẫu trong việc kiểm kê toàn bộ hồ sơ lưu trữ và\nbáo cáo kết quả.\n"
        "      9. Giao Thanh tra tỉnh Minh Họa và Ủy ban nhân dân các xã\n"
        "      Tăng cường kiểm tra việc chấp hành quy định về lưu trữ hồ sơ của tất cả\ncác đơn vị.\n"
    )

    assert leads(body)[-2:] == [
        "Các sở, ban, ngành và các đơn vị khác có liên quan",
        "Thanh tra tỉnh Minh Họa và Ủy ban nhân dân các xã",
    ]


def test_what_a_team_of_inspection_is_to_do():
    head = "SỞ MẪU\nSố: 5/QĐ-SM\nMinh Họa, ngày 6 tháng 3 năm 2031\n\nQUYẾT ĐỊNH\nKiểm tra hồ sơ mẫu\n\nQUYẾT ĐỊNH:\n"
    body = (
        "Điều 1. Thành lập Đoàn kiểm tra hồ sơ mẫu gồm 03 người.\nĐiều 2. Nhiệm vụ và quyền hạn của Đoàn kiểm tra\n"
        "1. Xây dựng kế hoạch kiểm tra chi tiết.\n2. Báo cáo kết quả cho Giám đốc Sở trước ngày 30/4/2031.\n"
        "3. Đoàn kiểm tra tự giải thể sau khi hoàn thành nhiệm vụ.\n"
        "Điều 3. Nhiệm vụ và quyền hạn của Phòng Mẫu\n1. Trình Giám đốc Sở các văn bản về hồ sơ mẫu.\n"
    )

    assert leads(body, head) == ["Đoàn kiểm tra", "Đoàn kiểm tra"]


def test_a_duty_keeps_its_own_day_beside_the_period_of_its_list():
    body = (
        "1. Sở Mẫu rà soát hồ sơ, hoàn thành trước ngày 15/7/2031.\n2. Các xã vận động người dân nộp bản sao.\n"
        "3. Thời gian thực hiện: Từ ngày 01/7/2031 đến ngày 30/8/2031.\n"
    )

    assert [task.deadline for task in tasks(body)] == ["trước ngày 15/7/2031", "Từ ngày 01/7/2031 đến ngày 30/8/2031"]


LOOSE = (
    "| TT | Nội dung hoạt động | Cơ quan chủ trì | Cơ quan phối hợp |\n| --- | --- | --- | --- |\nThời gian thực hiện\n"
    "1\nTuyên truyền quy định mẫu\na)\nTổ chức hội nghị phổ biến quy định mẫu.\nCục Mẫu\n"
    "Vụ Thử nghiệm; các sở\nQuý III/2031\n"
    "b)\nBiên soạn tài liệu hỏi đáp về quy định mẫu.\nCục Mẫu, Sở Mẫu\nCác đơn vị liên quan\nThường xuyên\n"
)


def test_cells_one_a_line_below_names_in_bars():
    found = tasks(LOOSE, "KẾ HOẠCH\nThực hiện việc mẫu\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n")

    assert [(t.lead, t.coordinating, t.deadline) for t in found] == [
        ("Cục Mẫu", ["Vụ Thử nghiệm", "các sở"], "Quý III/2031"),
        ("Cục Mẫu, Sở Mẫu", ["Các đơn vị liên quan"], "Thường xuyên"),
    ]


def test_prose_below_names_in_bars_stays_prose():
    text = f"KẾ HOẠCH\nThực hiện việc mẫu\n\n{LOOSE.partition('Thời gian')[0]}Bảng trên để trống, các xã tự điền.\n"

    assert "các xã tự điền" in read_text(text).text
    assert read_text(text).tasks == []


def test_recipients_under_a_heading_that_recognition_misread():
    ending = "\nNơi nhân:\n- Các chi bộ,\n- Lưu Văn phòng.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nTrần Văn Mẫu\n"

    assert read_text(f"{PLAN}1. Sở Mẫu rà soát hồ sơ.\n{ending}").recipients == ["Các chi bộ", "Lưu Văn phòng"]


def test_headings_whose_marks_recognition_misread():
    body = "I. QUAN ĐIÊM, MỤC TIÊU\n1. Phát triển các kho mẫu bền vững.\nIV. TÔ CHỨC THỰC HIỆN\n1. Rà soát các kho.\n"

    assert [task.text for task in tasks(body, "NGHỊ QUYẾT\nvề các kho mẫu\n")] == ["Rà soát các kho."]


def test_an_excerpt_without_letterhead_is_issued_by_whom_it_is_signed_for():
    reading = read_text(
        "IV- TỔ CHỨC THỰC HIỆN\n1. Ban Tuyên giáo Mẫu chủ trì hướng dẫn việc quán triệt Nghị quyết.\n"
        "Nơi nhận:\n- Các chi bộ,\n- Lưu Văn phòng. | T/M BAN THƯỜNG VỤ THÀNH ỦY MINH HỌA\nBÍ THƯ\n\nTrần Văn Mẫu\n"
    )

    assert (reading.issuer, reading.signer.name) == ("Ban Thường vụ Thành ủy Minh Họa", "Trần Văn Mẫu")


def test_departments_of_a_field_are_one_group_and_a_list_of_them_no_duty():
    body = (
        "Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:\n1. Các sở quản lý nhà nước về kho mẫu\n"
        "Giao các sở quản lý nhà nước về kho mẫu gồm:\n- Sở Mẫu (đối với kho giấy);\n- Sở Thử nghiệm (với kho số).\n"
        "Có trách nhiệm:\na) Rà soát toàn bộ các kho thuộc phạm vi quản lý.\nb) Hướng dẫn các xã lập hồ sơ.\n"
    )

    assert leads(body, LETTER) == ["Các sở quản lý nhà nước về kho mẫu"] * 2


def test_the_second_paragraph_below_a_heading_is_a_duty_too():
    body = (
        "Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:\n1. Giao Sở Thử nghiệm\n"
        "Chủ trì hướng dẫn việc rà soát hồ sơ mẫu.\nĐồng thời, chủ trì phối hợp với Công an tỉnh kiểm tra các kho.\n"
        "Đối với các kho thuộc phạm vi quản lý, hướng dẫn chủ kho khắc phục.\n"
    )

    assert leads(body, LETTER) == ["Sở Thử nghiệm"] * 3


def test_a_duty_stands_before_the_lead_in_that_closes_its_item():
    body = (
        "1. Sở Mẫu hoàn thiện Đề án mẫu, trình UBND tỉnh trước ngày 20/10/2031. Trong đó, lưu ý các nội dung sau:\n"
        "- Sở Mẫu rà soát quy định về lưu trữ.\n- Phòng Thử nghiệm tính toán kinh phí.\n"
    )

    assert [(t.lead, t.deadline) for t in tasks(body)] == [
        ("Sở Mẫu", "trước ngày 20/10/2031"),
        ("Sở Mẫu", None),
        ("Phòng Thử nghiệm", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "lead", "deadline"),
    [
        (
            "Sau khi xem xét Chủ tịch UBND tỉnh giao Sở Thử nghiệm chủ trì, phối hợp với Sở Mẫu, UBND xã Mẫu xác minh.",
            "Sở Thử nghiệm",
            None,
        ),
        (
            "1. Sở Thử nghiệm\na) Định kỳ hoặc đột xuất tổng hợp, báo cáo UBND tỉnh, Bộ Mẫu về tình hình quản lý kho.",
            "Sở Thử nghiệm",
            "Định kỳ hoặc đột xuất",
        ),
        ("1. Định kỳ 6 tháng, hằng năm, Sở Thử nghiệm tổ chức sơ kết.", "Sở Thử nghiệm", "Định kỳ 6 tháng, hằng năm"),
    ],
)
def test_who_is_charged_behind_an_opening(sentence, lead, deadline):
    (task,) = tasks(sentence, LETTER)

    assert (task.lead, task.deadline) == (lead, deadline)

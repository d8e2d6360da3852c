"""Tables of duties as plans print them: columns in any order, under split headers, over pages."""

import pytest

from trienkhai.documents.reader import read_text


def plan(rows, after=""):
    return read_text(f"KẾ HOẠCH\nThực hiện việc mẫu\n\nPHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n{rows}\n{after}").tasks


def told(tasks):
    return [(t.clause, t.lead, t.coordinating, t.deadline, t.product) for t in tasks]


def test_columns_stand_in_any_order():
    tasks = plan(
        "Thời hạn | Cơ quan phối hợp | Sản phẩm | Cơ quan chủ trì | Nội dung nhiệm vụ | STT\n"
        "Quý I/2031 | Sở Mẫu | Kế hoạch | Sở Thử nghiệm | Lập kế hoạch kiểm kê tài sản mẫu | 1\n"
    )

    assert told(tasks) == [("1", "Sở Thử nghiệm", ["Sở Mẫu"], "Quý I/2031", "Kế hoạch")]


def test_a_header_of_two_rows_with_empty_cells():
    tasks = plan(
        "TT | Nhiệm vụ | Cơ quan thực hiện | | Thời hạn\n"
        " | | Chủ trì | Phối hợp | \n"
        "1 | Số hóa hồ sơ mẫu | Sở Thử nghiệm | Sở Mẫu, các xã | Tháng 6/2031\n"
    )

    assert told(tasks) == [("1", "Sở Thử nghiệm", ["Sở Mẫu", "các xã"], "Tháng 6/2031", None)]


def test_a_header_of_two_rows_whose_merged_cell_is_one():
    tasks = plan(
        "TT | Nhiệm vụ | Đơn vị thực hiện | Thời hạn\n"
        "Chủ trì | Phối hợp\n"
        "1 | Số hóa hồ sơ mẫu | Sở Thử nghiệm | Sở Mẫu | Tháng 6/2031\n"
    )

    assert [(t.lead, t.deadline) for t in tasks] == [("Sở Thử nghiệm", "Tháng 6/2031")]


def test_a_header_repeated_on_a_new_page_begins_no_new_row():
    header = "| TT | Nhiệm vụ | Chủ trì | Thời hạn |\n|---|---|---|---|\n"
    tasks = plan(
        f"{header}| 1 | Rà soát danh mục mẫu | Sở Mẫu | 3/2031 |\n\f\n"
        f"{header}| 2 | Công bố danh mục mẫu | Sở Mẫu | 4/2031 |\n"
    )

    assert [(t.clause, t.deadline) for t in tasks] == [("1", "3/2031"), ("2", "4/2031")]


def test_a_column_of_both_bodies_is_taken_apart():
    tasks = plan(
        "TT | Nhiệm vụ | Đơn vị chủ trì, phối hợp | Thời hạn\n"
        "1 | Tập huấn cán bộ mẫu | Chủ trì: Sở Mẫu; Phối hợp: Sở Thử nghiệm | 5/2031\n"
    )

    assert told(tasks) == [("1", "Sở Mẫu", ["Sở Thử nghiệm"], "5/2031", None)]


def test_without_a_column_of_leads_rows_of_duties_name_nobody():
    tasks = plan(
        "STT | Nhiệm vụ | Thời gian hoàn thành | Ghi chú\n"
        "1 | Xây dựng quy chế mẫu | Quý II/2031 |\n2 | Tổ chức sơ kết | Quý IV/2031 |\n"
    )

    assert [(t.lead, t.deadline, t.flags) for t in tasks] == [
        (None, "Quý II/2031", ["no_lead"]),
        (None, "Quý IV/2031", ["no_lead"]),
    ]


def test_figures_by_year_are_no_duties():
    assert (
        plan(
            "STT | Nội dung | Thời gian | Kinh phí\n1 | Chi hội nghị mẫu | 2031 | 15\n2 | Chi in tài liệu | 2031 | 7\n"
        )
        == []
    )


def test_entries_stay_as_the_author_sets_them_apart():
    tasks = plan(
        "TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn\n"
        "1 | Lập danh mục mẫu | Sở Mẫu | Sở Thử nghiệm; các sở, ngành | 3/2031\n"
        "2 | Công bố danh mục mẫu | Sở Mẫu | Các sở, ban, ngành và các xã | 4/2031\n"
    )

    assert [t.coordinating for t in tasks] == [["Sở Thử nghiệm", "các sở, ngành"], ["Các sở, ban, ngành và các xã"]]


def test_a_row_below_a_numbered_one_has_its_lead():
    tasks = plan(
        "TT | Nhiệm vụ | Chủ trì | Thời hạn\n1 | Xây dựng đề án mẫu | Sở Mẫu | 2031\n"
        "1.1 | Khảo sát hiện trạng mẫu | | 3/2031\n"
    )

    assert [(t.lead, t.flags) for t in tasks] == [("Sở Mẫu", []), ("Sở Mẫu", ["understood_lead"])]


def test_a_duty_told_in_prose_and_in_a_table_comes_once_with_both_places():
    text = (
        "KẾ HOẠCH\nThực hiện việc mẫu\n\nII. NHIỆM VỤ\n1. Sở Mẫu\n"
        "- Xây dựng cơ sở dữ liệu dùng chung về hồ sơ mẫu của tỉnh Minh Họa.\n\n"
        "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\nTT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn\n"
        "1 | Xây dựng cơ sở dữ liệu dùng chung về hồ sơ mẫu của tỉnh Minh Họa | Sở Mẫu | Sở Thử nghiệm | 9/2031\n"
    )
    reading = read_text(text)

    (task,) = reading.tasks
    (other,) = task.also_at
    assert (task.lead, task.deadline, task.coordinating) == ("Sở Mẫu", "9/2031", ["Sở Thử nghiệm"])
    assert reading.text[other[0] : other[1]].startswith("Xây dựng cơ sở dữ liệu")


def test_one_cell_says_who_leads_and_who_co_ordinates():
    head = "| TT | Nội dung | {} | Thời gian |\n|---|---|---|---|\n"
    labelled = "| 1 | Rà soát hồ sơ mẫu | - Chủ trì: Sở Mẫu - Phối hợp: Sở Thử nghiệm, Văn phòng | Quý II/2031 |\n"
    slashed = "| 1 | Rà soát hồ sơ mẫu | Sở Mẫu/ Sở Thử nghiệm | Quý II/2031 |\n"

    for text in (
        head.format("Đơn vị thực hiện") + labelled,
        head.format("Cơ quan chủ trì/phối hợp") + slashed,
    ):
        (task,) = read_text(f"KẾ HOẠCH\nvề mẫu\n\nI. NHIỆM VỤ\n{text}").tasks
        assert (task.lead, task.coordinating[0], task.deadline) == ("Sở Mẫu", "Sở Thử nghiệm", "Quý II/2031")


def test_the_words_above_serve_where_a_cell_says_the_same():
    text = "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian |\n|---|---|---|---|---|\n"
    text += '| 1 | Rà soát hồ sơ | Sở Mẫu | Các sở | Tháng 6 |\n| 2 | Tập huấn | -nt- | Như trên | " |\n'
    first, second = read_text(f"KẾ HOẠCH\nvề mẫu\n\nI. NHIỆM VỤ\n{text}").tasks

    assert (second.lead, second.coordinating, second.deadline) == (first.lead, first.coordinating, "Tháng 6")


def test_a_deadline_that_begins_and_ends_is_its_end():
    text = "| TT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian | |\n| | | Chủ trì | Phối hợp | Bắt đầu | Kết thúc |\n"
    text += "|---|---|---|---|---|---|\n| 1 | Rà soát hồ sơ | Sở Mẫu | Các sở | 01/2031 | 6/2031 |\n"
    (task,) = read_text(f"KẾ HOẠCH\nvề mẫu\n\nI. NHIỆM VỤ\n{text}").tasks

    assert (task.lead, task.coordinating, task.deadline) == ("Sở Mẫu", ["Các sở"], "6/2031")


@pytest.mark.parametrize("between", ["\t", "\n\n"])
def test_cells_between_tabs_or_one_a_paragraph(between):
    rows = [
        ["STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["1", "Rà soát hồ sơ lưu trữ", "Sở Mẫu", "Sở Thử nghiệm", "30/6/2031"],
        ["2", "Tập huấn cán bộ", "Văn phòng", "Các sở", "8/2031"],
    ]
    text = ("\n" if between == "\t" else "\n\n").join(between.join(row) for row in rows)
    found = read_text(f"KẾ HOẠCH\nvề mẫu\n\nI. NHIỆM VỤ\n{text}\n\nII. TỔ CHỨC THỰC HIỆN\n").tasks

    assert [(task.lead, task.deadline) for task in found] == [("Sở Mẫu", "30/6/2031"), ("Văn phòng", "8/2031")]


def test_the_name_of_the_next_form_is_no_row_of_an_empty_table():
    forms = (
        "Biểu 1: Tiến độ\nTT | Nhiệm vụ | Chủ trì | Thời hạn\n"
        "Biểu 2: Kinh phí\n(Áp dụng cho các phòng)\nTT | Nguồn vốn | Số tiền | Ghi chú\n1 | Ngân sách | 10 | \n"
    )

    rows = read_text(f"KẾ HOẠCH\nThực hiện việc mẫu\n\nI. Việc chung\n\n{forms}").text.splitlines()

    assert "Biểu 2: Kinh phí" in rows
    assert "TT | Nguồn vốn | Số tiền | Ghi chú" in rows

"""Tasks proposed from tables, headings, sentences, labels and sections of duties."""

from trienkhai.documents.reader import read_text

from . import samples


def duties(reading):
    return [(task.lead, task.text[:30]) for task in reading.tasks]


def plan(body):
    return read_text(f"KẾ HOẠCH\nThực hiện việc mẫu\n\n{body}\n")


def test_a_heading_that_names_a_body_leads_the_items_below_it():
    reading = read_text(samples.PLAN)

    assert [task.lead for task in reading.tasks] == ["Phòng Lưu trữ"] * 2 + ["Văn phòng Sở"] * 2 + [
        "Trung tâm Minh Họa",
        "Phòng Tổng hợp",
    ]
    assert [task.clause for task in reading.tasks][:4] == ["II.1", "II.1", "II.2.a", "II.2.b"]


def test_coordinating_bodies_deadline_and_product_come_from_the_sentence():
    task = read_text(samples.PLAN).tasks[0]

    assert task.coordinating == ["Phòng Kế hoạch", "các đơn vị liên quan"]
    assert (task.deadline, task.product) == ("trước ngày 30/4/2031", "danh mục hồ sơ")


def test_a_recurring_deadline_opens_the_item():
    assert read_text(samples.PLAN).tasks[1].deadline == "Hằng quý"


def test_two_bodies_charged_in_one_item_are_two_tasks():
    first, second = read_text(samples.PLAN).tasks[-2:]

    assert (first.lead, first.deadline) == ("Trung tâm Minh Họa", None)
    assert (second.lead, second.deadline) == ("Phòng Tổng hợp", "trong tháng 5/2031")


def test_a_table_gives_a_task_for_each_row():
    reading = read_text(samples.TABLE)

    assert [(t.lead, t.deadline, t.product) for t in reading.tasks] == [
        ("Bộ Khoa học và Công nghệ", "Quý II/2032", "Đề án"),
        ("Các bộ, ngành, địa phương", "Hằng năm", "Báo cáo"),
        ("Bộ Nội vụ, Bộ Tài chính", "12/2032", "Quyết định"),
    ]
    assert reading.tasks[0].coordinating == ["Bộ Tài chính", "các bộ, ngành"]


def test_a_row_broken_by_a_page_is_one_task():
    assert read_text(samples.TABLE).tasks[1].text == "Rà soát văn bản trái quy định và kiến nghị sửa đổi"


def test_a_table_with_one_cell_a_line():
    rows = "TT\nNội dung công việc\nCơ quan chủ trì\nThời gian\n"
    rows += "1\nLập đề án mẫu\nSở Mẫu\nQuý I/2031\n2\nTập huấn\nSở Thử nghiệm\n"
    reading = plan(f"DANH MỤC\n{rows} \n3\nTổng kết\nVăn phòng\nQuý IV/2031")

    assert [(t.lead, t.deadline) for t in reading.tasks] == [
        ("Sở Mẫu", "Quý I/2031"),
        ("Sở Thử nghiệm", None),
        ("Văn phòng", "Quý IV/2031"),
    ]


def test_mode_and_flags_follow_from_who_leads():
    each, joint = read_text(samples.TABLE).tasks[1:]

    assert (each.mode, each.flags) == ("each", ["group_lead"])
    assert (joint.mode, joint.flags) == ("joint", ["several_leads"])
    assert plan("1. Giao Sở Mẫu và các xã, phường thực hiện việc kiểm kê.").tasks[0].flags == ["mixed_lead"]


def test_labels_below_items_hold_for_all_items_above_them():
    reading = read_text(samples.LABELS)

    assert [task.lead for task in reading.tasks] == ["Sở Mẫu", "Sở Mẫu", "Sở Thử nghiệm"]
    assert reading.tasks[1].coordinating == ["Sở Thử nghiệm", "các cơ quan liên quan"]
    assert [task.deadline for task in reading.tasks] == ["Quý III/2031", "Quý III/2031", None]
    assert reading.tasks[2].product == "Báo cáo kết quả tập huấn"


def test_a_section_of_duties_gives_proposals_without_lead():
    reading = read_text(samples.RESOLUTION)

    leadless = [task for task in reading.tasks if task.lead is None]
    assert [task.text[:15] for task in leadless] == ["Tăng cường giáo", "Xây dựng kế hoạ", "Đổi mới nội dun"]
    assert all(task.flags == ["no_lead"] for task in leadless)
    assert [task.clause for task in leadless] == ["II.1", "II.1", "II.2"]


def test_goals_are_no_tasks():
    assert not any("95%" in task.text for task in read_text(samples.RESOLUTION).tasks)


def test_sentences_that_name_a_body():
    named = [task for task in read_text(samples.RESOLUTION).tasks if task.lead]

    assert [task.lead for task in named] == ["Các đảng ủy trực thuộc", "Ban Tuyên giáo Đảng ủy Khối"]
    assert named[1].coordinating == ["Ban Tổ chức Đảng ủy Khối", "các đảng ủy trực thuộc"]
    assert [task.deadline for task in named] == ["trước ngày 31/3/2017", "trong quý I/2017"]


def test_a_body_behind_an_opening_clause():
    task = plan("1. Trên cơ sở nội dung Kế hoạch này, các đảng ủy trực thuộc xây dựng chương trình riêng.").tasks[0]

    assert task.lead == "các đảng ủy trực thuộc"


def test_the_body_that_orders_does_not_lead():
    text = "KẾ HOẠCH\nvề mẫu\n\nSở Mẫu yêu cầu Phòng Lưu trữ rà soát hồ sơ trước ngày 5/5/2031.\n"

    assert [task.lead for task in read_text(text).tasks] == ["Phòng Lưu trữ"]


def test_an_order_to_direct_others_is_led_by_the_one_who_directs():
    task = plan("1. Sở Mẫu\n- Chỉ đạo các đơn vị trực thuộc tăng cường kiểm tra.").tasks[0]

    assert task.lead == "Sở Mẫu"


def test_one_task_told_in_parts_stays_one():
    reading = plan(
        "1. Sở Mẫu:\na) Xây dựng, trình phê duyệt:\n"
        "- Quy hoạch thứ nhất;\n- Quy hoạch thứ hai.\nb) Báo cáo kết quả hằng năm."
    )

    assert [task.clause for task in reading.tasks] == ["1.a", "1.b"]
    assert reading.tasks[0].quote.endswith("Quy hoạch thứ hai.")


def test_a_lead_in_with_a_colon_leads_the_items_after_it():
    reading = plan(
        "Chủ tịch tỉnh Minh Họa yêu cầu các sở, ngành:\n- Rà soát hồ sơ lưu trữ;\n- Bố trí cán bộ phụ trách."
    )

    assert [task.lead for task in reading.tasks] == ["các sở, ngành"] * 2


def test_closing_formulas_are_no_tasks():
    reading = plan(
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Sở Mẫu.\n"
        "Các đơn vị chịu trách nhiệm thi hành Kế hoạch này."
    )

    assert reading.tasks == []


def test_a_law_gives_only_duties_with_a_year():
    law = samples.PLAN.replace("KẾ HOẠCH\n", "THÔNG TƯ\n")

    assert [task.deadline for task in read_text(law).tasks] == ["trước ngày 30/4/2031", "trong tháng 5/2031"]


def test_a_body_behind_a_topic_and_a_colon():
    task = plan("1. Về kinh phí: Giao Sở Mẫu bố trí dự toán trong tháng 9/2031.").tasks[0]

    assert (task.lead, task.deadline) == ("Sở Mẫu", "trong tháng 9/2031")


def test_plain_text_after_a_charge_is_not_the_charged_bodys_task():
    text = "NGHỊ QUYẾT\nvề mẫu\n\nĐiều 1. Tổ chức thực hiện\n1. Giao Sở Mẫu tổ chức thực hiện Nghị quyết này.\n"
    text += "Nghị quyết này đã được thông qua ngày 10 tháng 7 năm 2031.\n"

    assert [task.lead for task in read_text(text).tasks] == ["Sở Mẫu"]

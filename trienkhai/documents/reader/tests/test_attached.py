"""Two documents in one file: the head is the first one's, the duties are of both."""

from trienkhai.documents.reader import read_text

DECISION = """BỘ THỬ NGHIỆM
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 152/QĐ-BTN
Minh Họa, ngày 20 tháng 5 năm 2031

QUYẾT ĐỊNH
Ban hành văn bản mẫu
BỘ TRƯỞNG BỘ THỬ NGHIỆM
Căn cứ Nghị định số 12/2030/NĐ-CP ngày 01 tháng 02 năm 2030 của Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này văn bản mẫu.
Điều 2. Giao Văn phòng Bộ chủ trì, phối hợp với Cục Mẫu hướng dẫn, báo cáo trước ngày 15 tháng 12 năm 2031.
"""
SIGNED = """Nơi nhận:
- Như Điều 2;
- Lưu: VT, VP.
BỘ TRƯỞNG

Trần Minh Họa

"""
PROGRAMME = """CHƯƠNG TRÌNH
Thử nghiệm trong ngành
(Ban hành kèm theo Quyết định số 152/QĐ-BTN ngày 20 tháng 5 năm 2031)

II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Tuyên truyền
- Tổ chức tuyên truyền về lợi ích của việc thử nghiệm.
- Xây dựng chuyên trang về thử nghiệm trong quý III/2031.
III. TỔ CHỨC THỰC HIỆN
1. Cục Mẫu là cơ quan thường trực, theo dõi, tổng hợp tình hình thực hiện.
"""
REGULATION = """QUY CHẾ
Tiếp nhận hồ sơ thử nghiệm
(Kèm theo Quyết định số 152/QĐ-BTN ngày 20 tháng 5 năm 2031)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy chế này quy định việc tiếp nhận hồ sơ thử nghiệm.
Điều 2. Trách nhiệm của các đơn vị
1. Cục Mẫu có trách nhiệm tiếp nhận hồ sơ hằng ngày.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Tổ chức thực hiện
1. Văn phòng Bộ xây dựng phần mềm tiếp nhận hồ sơ, hoàn thành trước ngày 30/9/2031.
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH VÍ DỤ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-UBVD
Ví Dụ, ngày 01 tháng 6 năm 2031

KẾ HOẠCH
Rà soát hồ sơ

II. NHIỆM VỤ
1. Sở Thử nghiệm lập danh mục hồ sơ trong tháng 7/2031.
- Phân loại hồ sơ theo nhóm.
Nơi nhận:
- Thường trực Tỉnh ủy Ví Dụ (để báo cáo);
- Lưu: VT.
CHỦ TỊCH

Lê Văn Mẫu
"""


def duties(text):
    return [(task.lead, task.deadline) for task in read_text(text).tasks]


OWN = [("Văn phòng Bộ", "trước ngày 15 tháng 12 năm 2031")]


def test_an_attached_programme_gives_its_duties_also_those_that_name_nobody():
    assert duties(DECISION + SIGNED + PROGRAMME) == [
        *OWN,
        (None, None),
        (None, "trong quý III/2031"),
        ("Cục Mẫu", None),
    ]


def test_an_attached_regulation_gives_no_standing_duties():
    reading = read_text(DECISION + SIGNED + REGULATION)

    assert [(task.lead, task.deadline) for task in reading.tasks] == [*OWN, ("Văn phòng Bộ", "trước ngày 30/9/2031")]
    assert reading.recipients == ["Như Điều 2", "Lưu: VT, VP"]


def test_behind_a_regulation_the_next_attached_document_is_read_as_what_it_is():
    assert (None, "trong quý III/2031") in duties(DECISION + SIGNED + REGULATION + PROGRAMME)


def test_the_second_documents_letterhead_and_ending_change_nothing_of_the_first():
    one, both = read_text(DECISION + SIGNED), read_text(DECISION + SIGNED + PLAN)

    fields = ("doc_type", "symbol", "issuer", "date", "title", "bases", "recipients", "signer", "kind")
    assert [getattr(both, name) for name in fields] == [getattr(one, name) for name in fields]
    assert [task.text for task in both.tasks] == [
        *(task.text for task in one.tasks),
        "Sở Thử nghiệm lập danh mục hồ sơ trong tháng 7/2031.",
        "Phân loại hồ sơ theo nhóm.",
    ]
    assert "Thường trực Tỉnh ủy Ví Dụ" in both.text


def test_a_letterhead_beside_its_motto_and_a_letter_begin_a_document_too():
    letter = "SỞ MẪU          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/SM-VP     Độc lập - Tự do - Hạnh phúc\n"
    letter += "V/v rà soát     Minh Họa, ngày 2 tháng 5 năm 2031\nKính gửi: Các trường.\n"
    letter += "Sở Mẫu đề nghị các trường báo cáo kết quả trước ngày 20/5/2031.\nNơi nhận:\n- Như trên.\n"

    reading = read_text(DECISION + SIGNED + letter)

    assert [(task.lead, task.deadline) for task in reading.tasks] == [*OWN, ("các trường", "trước ngày 20/5/2031")]
    assert reading.recipients == ["Như Điều 2", "Lưu: VT, VP"]


def test_an_unsigned_document_takes_no_signature_from_the_one_behind_it():
    reading = read_text(DECISION + "\n" + PLAN)

    assert (reading.signer, reading.recipients) == (None, [])


def test_a_signature_behind_what_belongs_to_the_decision_is_the_decisions():
    reading = read_text(DECISION + PROGRAMME + SIGNED)

    assert (reading.signer.name, reading.recipients) == ("Trần Minh Họa", ["Như Điều 2", "Lưu: VT, VP"])


def test_a_blank_form_behind_a_letter_is_no_duty():
    letter = DECISION.partition("QUYẾT ĐỊNH\n")[0].replace("QĐ", "VP") + "Kính gửi: Các chi cục.\n"
    letter += "Bộ Thử nghiệm yêu cầu các chi cục:\n1. Báo cáo theo đề cương kèm theo trước ngày 20/8/2031.\n"
    form = "CHI CỤC ………\nSố:     /BC-CC\n………, ngày … tháng … năm 2031\n\nBÁO CÁO\nKết quả thử nghiệm\n"
    form += (
        "(Kèm theo Công văn số 152/VP-BTN ngày 20/5/2031 của Bộ Thử nghiệm)\nI. Kết quả\nNêu rõ kết quả đã đạt được.\n"
    )

    assert duties(letter + SIGNED + form) == [("các chi cục", "trước ngày 20/8/2031")]


def test_sentences_that_speak_of_what_is_attached_begin_no_document():
    prose = "1. Cục Mẫu gửi báo cáo kèm theo Quyết định số 7/QĐ-BTN trước ngày 01/7/2031.\nKẾ HOẠCH, CHƯƠNG TRÌNH\n"
    prose += "2. Cục Thử lập danh mục trong tháng 8/2031.\n"
    head = DECISION.replace("QUYẾT ĐỊNH\nBan hành", "CHỈ THỊ\nBan hành").partition("BỘ TRƯỞNG")[0]

    assert duties(head + prose + SIGNED) == [("Cục Mẫu", "trước ngày 01/7/2031"), ("Cục Thử", "trong tháng 8/2031")]

"""Names of bodies in lists, and where a list of them ends."""

import pytest

from trienkhai.documents.reader import split_bodies
from trienkhai.documents.reader.bodies import bodies_at


def said(words):
    return [mention.text for mention in split_bodies(words)]


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        (
            "Bộ Khoa học và Công nghệ, Bộ Tài chính và các bộ, ngành, địa phương",
            ["Bộ Khoa học và Công nghệ", "Bộ Tài chính", "các bộ, ngành, địa phương"],
        ),
        ("Bộ Văn hóa, Thể thao và Du lịch", ["Bộ Văn hóa, Thể thao và Du lịch"]),
        ("Bộ Lao động - Thương binh và Xã hội; Bộ Y tế", ["Bộ Lao động - Thương binh và Xã hội", "Bộ Y tế"]),
        ("Sở Dân vận và Biển đảo, Sở Mẫu và Quy hoạch", ["Sở Dân vận và Biển đảo", "Sở Mẫu và Quy hoạch"]),
        ("Các Sở: Tài chính, Nông nghiệp và Môi trường", ["Sở Tài chính", "Sở Nông nghiệp và Môi trường"]),
        ("UBND các phường: Minh Họa, Ví Dụ", ["UBND phường Minh Họa", "UBND phường Ví Dụ"]),
        ("Bộ Tài chính, Xây dựng", ["Bộ Tài chính", "Bộ Xây dựng"]),
        ("Bộ Nội vụ Bộ Tài chính", ["Bộ Nội vụ", "Bộ Tài chính"]),
        ("Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh", ["Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh"]),
        ("Bộ Văn hoá, Thể thao và Du lịch", ["Bộ Văn hoá, Thể thao và Du lịch"]),
        (" , ;", []),
    ],
)
def test_a_list_is_split_into_its_bodies(words, bodies):
    assert said(words) == bodies


@pytest.mark.parametrize(
    "words",
    [
        "các bộ, ngành, địa phương",
        "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        "các đảng ủy trực thuộc",
        "các tổ chức cơ sở đảng",
        "UBND xã, phường",
        "Giám đốc các Sở",
        "Bộ, ngành, địa phương",
        "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố",
        "cơ quan liên quan",
    ],
)
def test_phrases_for_kinds_of_bodies_are_groups(words):
    mentions = split_bodies(words)

    assert mentions
    assert all(mention.group for mention in mentions)


@pytest.mark.parametrize(
    "words", ["Bộ Y tế", "Ban Quản lý các Khu công nghiệp tỉnh", "Đảng ủy các cơ quan Đảng tỉnh", "Văn phòng"]
)
def test_named_bodies_are_no_groups(words):
    assert [mention.group for mention in split_bodies(words)] == [False]


def test_offsets_lie_in_the_words():
    words = "Ban Tổ chức, các đảng ủy trực thuộc và Văn phòng"

    assert [words[m.start : m.end] for m in split_bodies(words)] == [
        "Ban Tổ chức",
        "các đảng ủy trực thuộc",
        "Văn phòng",
    ]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("Bộ Xây dựng xây dựng đề án", "Bộ Xây dựng"),
        ("các cơ quan, tổ chức có liên quan báo cáo kết quả", "các cơ quan, tổ chức có liên quan"),
        ("Ban xây dựng đảng Đảng ủy chủ trì hướng dẫn", "Ban xây dựng đảng Đảng ủy"),
        ("Ban Quản lý công trình Mẫu trình phương án", "Ban Quản lý công trình Mẫu"),
        ("Tổ chức hội nghị sơ kết", ""),
        ("Lãnh đạo, chỉ đạo thực hiện nghị quyết", ""),
        ("Thanh tra việc chấp hành pháp luật", ""),
        ("Báo cáo kết quả trước ngày 15", ""),
        ("các nội dung của nghị quyết được thực hiện", ""),
    ],
)
def test_a_list_ends_where_the_duty_begins(sentence, bodies):
    assert sentence[: bodies_at(sentence)] == bodies


def test_places_after_a_shared_head_are_bodies_of_their_own():
    assert said("UBND các tỉnh Minh Họa, Ví Dụ") == ["UBND tỉnh Minh Họa", "UBND tỉnh Ví Dụ"]


@pytest.mark.parametrize(
    "name",
    [
        "Trung tâm Công nghệ thông tin và Truyền thông tỉnh",
        "Trung tâm Dịch vụ việc làm tỉnh",
        "Ban Chỉ đạo chuyển đổi số xã",
        "Ban Chỉ đạo phòng, chống tham nhũng, lãng phí, tiêu cực tỉnh",
        "Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn xã",
        "Hội đồng Phối hợp phổ biến, giáo dục pháp luật tỉnh",
        "Quỹ Đầu tư phát triển tỉnh",
        "Hiệu trưởng các trường mẫu",
        "Hạt Kiểm lâm khu vực",
    ],
)
def test_a_verb_in_a_name_does_not_end_it(name):
    assert bodies_at(f"{name} chủ trì rà soát hồ sơ") == len(name)
    assert [mention.text for mention in split_bodies(f"{name}; Sở Mẫu")] == [name, "Sở Mẫu"]

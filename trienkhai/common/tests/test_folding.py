"""Vietnamese text compared, searched and sorted."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common.folding import fold, modern_tones, sort_key, squeeze

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(VIETNAMESE + VIETNAMESE.upper() + " 0123456789–.,()", max_size=60)


@pytest.mark.parametrize(
    "old, new",
    [
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("HOÀ", "HÒA"),
        ("toà án, hoạ sĩ", "tòa án, họa sĩ"),
    ],
)
def test_both_tone_habits_become_the_one_of_the_screens_and_fold_alike(old, new):
    assert modern_tones(old) == new
    assert modern_tones(new) == new
    assert fold(old) == fold(new)
    assert sort_key(old) == sort_key(new)


@pytest.mark.parametrize(
    "same", ["quý", "hoàn thành", "quỳnh", "hoạch", "thoải mái", "huỳnh", "ngoài", "khuỷu", "loạt"]
)
def test_syllables_whose_tone_stands_where_both_habits_put_it_stay(same):
    assert modern_tones(same) == same


def test_fold_takes_marks_case_and_d_with_stroke_away():
    assert fold("Đảng  ủy\n Khối ĐƯỜNG ưỡn ") == "dang uy khoi duong uon"
    assert fold(unicodedata.normalize("NFD", "Đảng ủy Khối")) == fold("Đảng ủy Khối")


@given(st.text(max_size=80))
def test_fold_of_what_was_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(words)
def test_squeeze_and_modern_tones_are_settled_after_one_pass(text):
    assert squeeze(squeeze(text)) == squeeze(text)
    assert modern_tones(modern_tones(text)) == modern_tones(text)


DICTIONARY = [
    "Chi bộ 9",
    "Chi bộ 10",
    "Chi bộ 10 A",
    "Chi bộ An",
    "Chi bộ An Bình",
    "Chi bộ Anh",
    "Chi bộ Ăn",
    "Chi bộ Ân",
    "Chi bộ Ba",
    "Chi bộ Bà",
    "Chi bộ Bả",
    "Chi bộ Bã",
    "Chi bộ Bá",
    "Chi bộ Bạ",
    "Chi bộ Bà Rịa",
    "Chi bộ Dân vận",
    "Chi bộ Đảng",
    "Chi bộ Ê",
    "Chi bộ Nông",
    "Chi bộ Nơi",
    "Chi bộ Tin",
    "Chi bộ Ưu",
    "Chi bộ Yên",
]


def test_keys_of_names_run_in_the_order_of_the_dictionary():
    shuffled = random.Random(7).sample(DICTIONARY, len(DICTIONARY))

    assert sorted(shuffled, key=sort_key) == DICTIONARY


def test_tones_decide_only_between_words_of_the_same_letters():
    assert sorted(["bá b", "ba c", "bà a"], key=sort_key) == ["bà a", "bá b", "ba c"]


@given(st.text(max_size=400))
def test_key_is_digits_alone_so_that_every_collation_orders_it_alike(text):
    key = sort_key(text)

    assert key.isascii() and key.isdigit() and len(key) <= 400


@given(words, words)
def test_shorter_name_comes_before_the_longer_one_that_begins_with_it(name, more):
    longer = f"{name.strip()} {more.strip() or 'a'}"

    assert sort_key(name) <= sort_key(longer)

"""The language of search: what a line of text asks for, and where its hits stand."""

import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common.folding import fold, nfc
from trienkhai.documents.search.asking import LONGEST, MOST_WORDS, asked
from trienkhai.documents.search.engines import fts5, tsquery
from trienkhai.documents.search.snippets import LENGTH, flat, hits_in, marked, snippet
from trienkhai.documents.search.words import MOST_BYTES, symbol_key, tokens_of, words_of

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
prose = st.text(VIETNAMESE + VIETNAMESE.upper() + "ðÐ 0123456789–-/.,()\n\u0300\u0301\u0323", max_size=200)
lines = st.one_of(prose, st.text(max_size=60), st.text("\"-*:^()&|!<>{}\\' aăđ12", max_size=40))


def words(pieces):
    return "".join(piece.words for piece in pieces)


def found(pieces):
    return [piece.words for piece in pieces if piece.found]


@pytest.mark.parametrize("symbol", ["05-HD/VPTW", "5 HD VPTW", "05HDVPTW", "05 - hd/vptw", "05–HĐ/VPTW"])
def test_a_symbol_has_one_key_in_every_spelling(symbol):
    assert symbol_key(symbol) == "5hdvptw"


def test_both_tone_habits_and_both_unicode_forms_are_the_same_words():
    assert words_of("hoà thuỷ khoẻ Ðảng") == words_of("hòa thủy khỏe Đảng")
    assert words_of(unicodedata.normalize("NFD", "Đường lối")) == words_of("Đường lối")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", ""),
        ("   ", ""),
        ("/// – …", "letters or figures"),
        ("x", "two letters"),
        ("và của các", "says more"),
        ("va cua", "says more"),
        ("-kế -hoạch", "takes documents away"),
        ("kế hoạch " * 40, "first words"),
        ("7", ""),
        ('"và"', "says more"),
        ("kế hoạch của đơn vị", ""),
    ],
)
def test_what_cannot_be_looked_for_is_answered_with_a_sentence(line, said):
    question = asked(line)

    with override("en"):
        assert said in str(question.sentence)
    assert bool(question.stages) == (not said or said == "first words") or not line.strip()


def test_a_stop_word_is_left_out_and_an_accented_word_is_none_by_its_bare_form():
    assert [term.exact for term in asked("kế hoạch của bộ").terms] == [("kế",), ("hoạch",), ("bộ",)]
    assert [term.exact for term in asked("cũ vé").terms] == [("cũ",), ("vé",)]


def test_quotes_and_words_written_together_are_phrases_and_a_minus_takes_away():
    question = asked('“nghị quyết” 101-QĐ/TW -dự -"thông báo"')

    assert [term.folded for term in question.terms] == [("nghi", "quyet"), ("101", "qd", "tw")]
    assert {group for stage in question.stages for group in stage.without} == {
        ("=dự",),
        ("=thông", "=báo", "~thong~bao"),
    }


def test_a_hyphen_after_a_number_belongs_to_the_symbol():
    assert [term.folded for term in asked("101 -QĐ/TW").terms] == [("101",), ("qd", "tw")]


@given(lines)
def test_no_line_makes_a_question_that_the_databases_cannot_read(line):
    question = asked(line)

    for stage in (*question.stages, *question.nearly):
        assert not set("'\"\\\0 ") & set("".join((*stage.tokens, stage.beginning)))
        assert fts5(stage).count('"') % 2 == 0
        assert tsquery(stage)
    assert len(question.terms) <= MOST_WORDS


@given(prose, prose)
def test_hits_stand_at_the_offsets_of_the_text_itself(text, line):
    text, question = nfc(text), asked(line)

    for hit in hits_in(text, question):
        assert tuple(folded for _exact, folded in words_of(text[hit.start : hit.end])) == hit.term
    assert words(marked(text, question)) == text


@given(prose)
def test_the_flat_text_is_as_long_as_the_text(text):
    assert len(flat(nfc(text))) == len(nfc(text))


@given(prose, st.integers(0, 200))
def test_every_word_of_a_text_is_found_in_it(text, place):
    text = nfc(text)
    all_words = [exact for exact, folded in words_of(text) if len(folded) > 1]
    if not all_words:
        return
    word = all_words[place % len(all_words)]
    question = asked(word)

    if question.stages:
        assert any(fold(word) in fold(hit) for hit in found(marked(text, question)))
        assert found(snippet(text, question))


def test_a_hit_has_the_accents_asked_for_where_the_text_has_such_and_neighbours_are_one():
    text = "Dương liễu bên đường. Đường lối của Đảng về hoà bình."

    assert found(marked(text, asked("đường"))) == ["đường", "Đường"]
    assert found(marked(text, asked("duong"))) == ["Dương", "đường", "Đường"]
    assert found(marked(text, asked("đương"))) == ["Dương", "đường", "Đường"]
    assert found(marked(text, asked("hòa bình"))) == ["hoà bình"]
    assert found(marked(text, asked('"đường lối"'))) == ["Đường lối"]


def test_a_snippet_is_cut_around_the_place_where_most_words_meet():
    text = "kế hoạch " + "lời khác " * 200 + "kế hoạch\n  kiểm tra, giám sát " + "lời khác " * 200

    pieces = snippet(text, asked("kế hoạch giám sát"))

    assert found(pieces) == ["kế hoạch", "giám sát"]
    assert words(pieces).startswith("… ") and words(pieces).endswith(" …")
    assert len(words(pieces)) < LENGTH + 40
    assert snippet(text, asked("vắng")) == []


def test_a_text_of_any_size_and_script_makes_an_entry_that_fits():
    text = " ".join(f"{chr(0x4E00 + n % 20000)}{n}x{n * n}" for n in range(90_000))

    tokens = tokens_of("1-KH/X", "1", ["Kế hoạch"], text)

    assert sum(len(token.encode()) + 4 for token in tokens) <= MOST_BYTES
    assert max(len(token) for token in tokens) <= 90
    assert len(line := "a" * (LONGEST * 3)) and asked(line).stages

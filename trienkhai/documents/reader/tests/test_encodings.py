import pytest

from trienkhai.documents.reader.encodings import recognise, recognise_bytes, to_unicode, western

from .make_files import TEXT, tcvn3, vni

LETTERS = "àảãáạ ằẳẵắặ ầẩẫấậ èẻẽéẹ ềểễếệ ìỉĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ ă â đ ê ô ơ ư"


@pytest.mark.parametrize(("written", "name"), [(tcvn3, "tcvn3"), (vni, "vni")])
def test_every_small_letter_comes_back(written, name):
    assert to_unicode(western(written(LETTERS)), name) == LETTERS


@pytest.mark.parametrize(("written", "name"), [(tcvn3, "tcvn3"), (vni, "vni")])
def test_text_is_recognised_named_and_converted(written, name):
    guess = recognise(western(written(TEXT)))

    assert guess and (guess.encoding, guess.certain, guess.text) == (name, True, TEXT)


def test_known_words_in_old_letters_are_converted():
    assert to_unicode("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3") == "Cộng hoà xã hội chủ nghĩa Việt Nam"
    assert to_unicode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni") == "Cộng hòa xã hội chủ nghĩa Việt Nam"


def test_capitals_of_tcvn3_come_back_by_line_and_by_word():
    assert to_unicode("§¶NG Bé KHèI\nB¸o c¸o vÒ C¸N Bé", "tcvn3") == "ĐẢNG BỘ KHỐI\nBáo cáo về CÁN BỘ"


def test_vni_keeps_capitals():
    assert to_unicode(western(vni("ĐẢNG ỦY, NGHỊ QUYẾT, ĐƯỜNG LỐI")), "vni") == "ĐẢNG ỦY, NGHỊ QUYẾT, ĐƯỜNG LỐI"


def test_windows_1258_is_recognised_in_bytes():
    data = "".join(
        {"ế": "ê\u0301", "ộ": "ô\u0323", "ị": "i\u0323"}.get(c, c) for c in "Nghị quyết của chi bộ "
    ).replace("ủ", "u\u0309")

    guess = recognise_bytes((data * 8).encode("cp1258"))

    assert guess and (guess.encoding, guess.text) == ("cp1258", "Nghị quyết của chi bộ " * 8)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Plain English text without any mark at all. " * 20,
        "Le comité a été créé à l'été, très près de la forêt où l'âme rêvait. Les élèves préfèrent les fenêtres. " * 5,
        "Größe, Übung, Mädchen, schön, für, über, Straße, Bäume, Häuser, Tür, könnte, wäre, müssen. " * 5,
        "",
        "Việt Nam",
    ],
)
def test_unicode_and_other_languages_are_left_alone(text):
    assert recognise(text) is None

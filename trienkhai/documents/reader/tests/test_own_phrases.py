"""An office's own words beside the grammar's."""

import threading

from trienkhai.documents.reader import OwnPhrases, read_text

from . import samples

OWN = OwnPhrases(duties=("ủy thác cho",), types=(("Quy ước", "QƯ"),), products=("sổ theo dõi",))
PAPER = (
    samples.RESOLUTION.replace("NGHỊ QUYẾT\n", "QUY ƯỚC\n")
    .replace("12-NQ/", "12-QƯ/")
    .replace(
        "1. Các đảng ủy trực thuộc xây dựng",
        "Để kịp thời gian, Ban Thường vụ thống nhất. Ủy thác cho Ban Tổ chức Đảng ủy Khối lập sổ theo dõi "
        "đảng viên.\n\n"
        "1. Các đảng ủy trực thuộc xây dựng",
    )
)


def given(phrases):
    reading = read_text(PAPER, phrases=phrases)
    tasks = [task for task in reading.tasks if task.lead == "Ban Tổ chức Đảng ủy Khối"]
    return reading.doc_type, [task.product for task in tasks]


def test_own_words_open_a_duty_name_a_type_and_a_product():
    assert given(OWN) == ("Quy ước", ["sổ theo dõi đảng viên"])


def test_without_them_nothing_of_them_stays():
    given(OWN)

    assert given(None) == given(OwnPhrases()) == ("Nghị quyết", []), "as the prose calls itself"


def test_two_offices_read_at_the_same_time_and_neither_meets_the_other():
    answers: dict[str, set] = {"own": set(), "none": set()}

    def read(name: str, phrases: OwnPhrases | None) -> None:
        for _round in range(20):
            answers[name].add(str(given(phrases)))

    threads = [threading.Thread(target=read, args=args) for args in (("own", OWN), ("none", None))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(found) for found in answers.values()] == [1, 1]
    assert answers["own"] != answers["none"]

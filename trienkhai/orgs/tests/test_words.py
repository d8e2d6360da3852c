"""Finding by the beginnings of words gives the same on both databases, whatever is typed."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.folding import fold
from trienkhai.orgs.actions import UnitRow, establish_units
from trienkhai.orgs.models import UnitVersion
from trienkhai.orgs.tests.make import NOON

pytestmark = pytest.mark.django_db
NAMES = ("Ban Tuyên giáo", "Văn phòng Đảng ủy", "Chi bộ 9 – Báo O'Hara", "Chi bộ 10_b", "Cục 100% Nước", r"Tổ \ Đội")


@pytest.fixture
def units(db: None) -> None:
    rows = [UnitRow(code=f"K.{n:02}", name=name, kind="cell") for n, name in enumerate(NAMES)]
    establish_units(rows, by=SYSTEM, at=NOON)


def found(words: str) -> set[str]:
    return set(UnitVersion.objects.filter(search_text__words=fold(words).split()).values_list("name", flat=True))


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("giao", {"Ban Tuyên giáo"}),
        ("iao", set()),
        ("DANG van", {"Văn phòng Đảng ủy"}),
        ("chi bộ", {"Chi bộ 9 – Báo O'Hara", "Chi bộ 10_b"}),
        ("o'h", {"Chi bộ 9 – Báo O'Hara"}),
        ("10_", {"Chi bộ 10_b"}),
        ("100%", {"Cục 100% Nước"}),
        ("\\", {r"Tổ \ Đội"}),
        ("k.03", {"Chi bộ 10_b"}),
        ("", set(NAMES)),
    ],
)
def test_words_begin_words_of_the_name_or_code(words: str, names: set[str]):
    assert found(words) == names


@pytest.mark.usefixtures("units")
def test_anything_typed_finds_what_begins_so():
    @example("':* & ''")
    @example("a!(|)<->")
    @given(st.text(min_size=1, max_size=12).filter(lambda text: "\x00" not in text))
    def holds(typed: str) -> None:
        words = fold(typed).split()
        rows = UnitVersion.objects.values_list("name", "search_text")
        expected = {
            name for name, text in rows if all(any(part.startswith(word) for part in text.split(" ")) for word in words)
        }
        assert found(typed) == expected

    holds()


@pytest.mark.usefixtures("units")
def test_postgresql_has_an_index_for_it():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'version_words'")
            assert "gin" in cursor.fetchone()[0]

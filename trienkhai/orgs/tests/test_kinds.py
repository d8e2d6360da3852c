"""Kinds of unit, their places and codes by the norms of a day; other sorts of organisation have other words."""

import os
import subprocess
import sys
from datetime import date

import pytest

from trienkhai.orgs.kinds import cautions, code_caution, minimum_members, offered_kinds, place_caution
from trienkhai.orgs.models import Relation
from trienkhai.orgs.queries import counted_below
from trienkhai.orgs.tests.make import DAY, make_unit

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("kind", "above", "allowed"),
    [
        ("grassroots_committee", "bloc", True),
        ("cell", "bloc", False),
        ("cell", "grassroots_committee", True),
        ("cell", "cell", False),
        ("anything", "body", True),
        ("union_grassroots", "union_upper", True),
        ("company", "team", False),
    ],
)
def test_norm_says_which_kind_may_stand_below_which(kind: str, above: str, allowed: bool):
    assert (place_caution(kind, above, DAY) == "") is allowed


def test_unit_that_does_not_keep_the_norm_is_stored_and_warned_of():
    bloc = make_unit(kind="bloc")
    below, beside = make_unit(bloc, kind="cell"), make_unit(bloc, kind="cell", relation=Relation.ATTACHED)

    assert ["Chi bộ" in sentence and "Đảng bộ khối" in sentence for sentence in cautions(below, DAY)] == [True]
    assert cautions(beside, DAY) == cautions(bloc, DAY) == []


@pytest.mark.parametrize(
    ("code", "above", "fault"),
    [
        ("38.168.053.000.001", "38.168.053.000.000", ""),
        ("38.168.053.000.001", "", ""),
        ("38.168.053.000.001", "MH", ""),
        ("MH.01", "38.168.053.000.000", ""),
        ("2017", "", ""),
        ("38.168.54.000.001", "", "00.000.000.000.000"),
        ("38.169.053.000.001", "38.168.000.000.000", "38.168.000.000.000"),
    ],
)
def test_code_of_fourteen_digits_continues_the_one_above(code: str, above: str, fault: str):
    said = code_caution(code, above, LATER)

    assert fault in said and bool(said) is bool(fault)
    assert code_caution(code, above, DAY) == "", "there was no such scheme then"


def test_kinds_offered_are_those_of_the_day_and_of_the_sort_of_organisation(settings):
    then, now = offered_kinds(DAY), offered_kinds(LATER)
    settings.WORDS = "company"
    company = offered_kinds(DAY)

    assert then["grassroots_cell"] == "Chi bộ cơ sở" and then["part_committee"] == "Đảng bộ bộ phận"
    assert "grassroots_cell" not in now and now["part_committee"] == "Đảng bộ trực thuộc cơ sở"
    assert "grassroots_cell" in offered_kinds(LATER, also="grassroots_cell")
    assert {"corporation", "department", "external"} <= set(company) and "cell" not in company


def test_cells_and_groups_are_no_organisations_of_their_own():
    bloc = make_unit(kind="bloc")
    committee = make_unit(bloc, kind="grassroots_committee")
    make_unit(make_unit(committee, kind="cell"), kind="group")

    assert counted_below(bloc, DAY) == {"direct": 1, "grassroots": 1, "units": 2}


def test_a_cell_needs_three_full_members():
    assert minimum_members("cell", DAY) == 3
    assert minimum_members("body", DAY) is None


@pytest.mark.parametrize(
    ("pack", "language", "word"),
    [("union", "vi", "đoàn viên"), ("state", "en", "staff member"), ("", "vi", "đảng viên")],
)
def test_screens_speak_the_words_of_the_pack(pack: str, language: str, word: str, tmp_path):
    told = (
        "import django; django.setup()\nfrom django.utils.translation import gettext, override\n"
        f"with override({language!r}): print(gettext('member'))"
    )
    environment = os.environ | {"TRIENKHAI_WORDS": pack, "TRIENKHAI_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}

    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, timeout=60)

    assert done.stdout.strip() == word, done.stderr


def test_unknown_pack_stops_the_start_with_a_sentence(tmp_path):
    environment = os.environ | {"TRIENKHAI_WORDS": "kho", "TRIENKHAI_HOME": str(tmp_path)}
    told = "import django; django.setup()"

    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, timeout=60)

    assert done.returncode != 0 and "TRIENKHAI_WORDS" in done.stderr and "Traceback" not in done.stderr

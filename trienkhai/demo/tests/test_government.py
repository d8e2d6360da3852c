"""The sample state organisation of 9 January 2025, its other names, and the group phrases."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from trienkhai.common.folding import fold
from trienkhai.demo.organisation import government, government_posts, group_phrases, units

ROWS = list(government())
MENTIONS = Path(__file__).parents[3] / "tests" / "data" / "lead_mentions.yaml"


def test_the_government_has_its_bodies_of_that_day():
    assert Counter(row.kind for row in ROWS if row.relation == "subordinate") == {
        "government": 1,
        "ministry": 18,
        "ministerial_agency": 4,
        "government_agency": 8,
        "province": 63,
    }


def test_codes_and_names_are_unique_and_parents_come_first():
    seen = {""}
    for row in ROWS:
        assert row.parent_code in seen
        seen.add(row.code)

    assert len({row.code for row in ROWS}) == len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("rows", [ROWS, list(units())], ids=["government", "bloc"])
def test_no_name_stands_for_two_bodies(rows):
    bearers = defaultdict(set)
    for row in rows:
        for name in (row.name, row.short_name, *row.aliases):
            bearers[fold(name)].add(row.code)

    assert not {name: codes for name, codes in bearers.items() if len(codes) > 1}


def test_no_unit_of_the_bloc_bears_the_name_of_a_real_body():
    real = {fold(name) for row in ROWS for name in (row.name, row.short_name, *row.aliases)}
    invented = {fold(name) for row in units() for name in (row.name, row.short_name, *row.aliases)}

    assert not real & invented


def test_posts_of_the_government_name_titles_and_no_person():
    posts = list(government_posts())

    assert len({row.username for row in posts}) == len(posts)
    assert Counter(row.role for row in posts) == {"leader": 94, "focal": 93, "officer": 1, "clerk": 1}
    assert all(row.holder.startswith(row.title) for row in posts)


@pytest.mark.parametrize("kind", ["bloc", "government", "province"])
def test_a_group_phrase_means_one_thing(kind):
    phrases = group_phrases(kind)

    assert len({fold(phrase) for phrase in phrases}) == len(phrases)
    assert None in phrases.values()


def test_group_phrases_select_kinds_and_codes_that_exist():
    known = {"bloc": list(units()), "government": ROWS}
    for kind, rows in known.items():
        codes, kinds = {row.code for row in rows}, {row.kind for row in rows}
        sectors = {row.sector for row in rows}
        for selection in filter(None, group_phrases(kind).values()):
            for term in selection.replace(" - ", " + ").split(" + "):
                name, _colon, argument = term.partition(":")
                assert not argument or argument in {"unit": codes, "kind": kinds, "sector": sectors}[name], term


def test_the_checked_mentions_name_units_that_exist():
    mentions = yaml.safe_load(MENTIONS.read_text(encoding="utf-8"))
    codes = {"government": {row.code for row in ROWS}, "bloc": {row.code for row in units()}}

    assert len(mentions["government"]) == 60
    for kind, rows in mentions.items():
        terms = [term for row in rows if row["is"] for term in row["is"].split(" + ")]
        assert not [term for term in terms if term.startswith("unit:") and term[5:] not in codes[kind]]

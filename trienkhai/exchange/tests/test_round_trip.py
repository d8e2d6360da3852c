"""Whatever the tree: out and in again changes nothing; out, edited and in again is what was edited."""

import io
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.folding import squeeze
from trienkhai.exchange.actions import store_import
from trienkhai.exchange.files import read_tables
from trienkhai.exchange.queries import post_rows, unit_rows
from trienkhai.exchange.tests.make import DAY, csv_of, fresh, plan, xlsx_of
from trienkhai.exchange.writing import write_csv, write_xlsx
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import NOON, make_unit

Rows = dict[str, list[dict[str, Any]]]
LETTERS = st.characters(categories=("Lu", "Ll", "Nd"), include_characters=" -,;=+@'\"\\")
WORDS = st.text(LETTERS, max_size=20).map(squeeze)
NAMES = WORDS.filter(bool)
LINES = st.lists(WORDS, max_size=3).map("\n".join).map(str.strip)
SYMBOLS = st.sampled_from(["", "ĐU", "-BC", "VP/ĐU"])
HOLDERS = st.sampled_from([("", ""), ("an", "Trần An"), ("binh", "Lê Thị Bình")])
SPANS = st.sampled_from([(date(2016, 1, 1), None), (date(2016, 1, 1), date(2018, 5, 1)), (date(1960, 2, 29), None)])


@st.composite
def unit_fields(draw: Any) -> dict[str, Any]:
    return {
        "relation": draw(st.sampled_from(["subordinate", "attached"])),
        "kind": draw(st.sampled_from(["upper_committee", "grassroots_committee", "cell", "body"])),
        "sector": draw(st.sampled_from(["", "press", "party"])),
        "name": draw(NAMES),
        "short_name": draw(WORDS),
        "aliases": draw(st.lists(NAMES, max_size=3)),
        "symbol": draw(SYMBOLS),
    }


@st.composite
def post_fields(draw: Any, codes: list[str]) -> dict[str, Any]:
    row = {
        "unit_code": draw(st.sampled_from(codes)),
        "title": draw(NAMES),
        "role": draw(st.sampled_from(["leader", "officer", "focal"])),
        "reach": draw(st.sampled_from(["own", "branch"])),
        "seats": draw(st.integers(1, 999)),
        "classes": sorted(draw(st.sets(st.sampled_from(["key", "standing", "committee", "full_time", "concurrent"])))),
        "requirements": draw(LINES),
        "term_bound": draw(st.booleans()),
        "may_issue": draw(st.booleans()),
    }
    username, holder = draw(HOLDERS)
    if username:
        first, last = draw(SPANS)
        row |= {"username": username, "holder": holder, "valid_from": first, "valid_to": last}
        row |= {"manner": draw(st.sampled_from(["holds", "acting", "in_charge"])), "decision": draw(WORDS)}
        row["decided_on"] = draw(st.sampled_from([None, date(2015, 12, 31)]))
    return row


@st.composite
def organisations(draw: Any) -> Rows:
    """Rows below the unit T: each unit hangs on an earlier one; posts with different titles."""
    units: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        parent = draw(st.sampled_from(["T", *(row["code"] for row in units)]))
        row = {"code": f"T.{number}", "parent_code": parent, "established_on": date(1960, 2, 1 + number)}
        units.append(row | draw(unit_fields()))
    posts = draw(st.lists(post_fields([row["code"] for row in units]), max_size=5))
    return {"units": units, "posts": list({(row["unit_code"], row["title"]): row for row in posts}.values())}


@st.composite
def edits(draw: Any) -> tuple[Rows, Rows]:
    """An organisation, and the same with units called otherwise, hung elsewhere and founded, and another post."""
    before = draw(organisations())
    units = [dict(row) for row in before["units"]]
    order = draw(st.permutations(range(len(units))))
    for place, index in enumerate(order):
        if draw(st.booleans()):
            units[index] |= draw(unit_fields())
        above = ["T", *(units[other]["code"] for other in order[:place])]
        units[index]["parent_code"] = draw(st.sampled_from(above))
    new = {"code": "T.N", "parent_code": units[0]["code"], "established_on": DAY}
    units.append(new | draw(unit_fields()))
    posts = [*before["posts"], draw(post_fields(["T.N"]))]
    return before, {"units": units, "posts": posts}


def brought_in(top: Unit, rows: Rows, as_csv: bool) -> None:
    if as_csv:
        for name, listed in rows.items():
            source = io.BytesIO("".join(write_csv(name, listed, DAY)).encode())
            if listed:
                store_import(read_tables(source, "tep.csv", DAY), top, by=SYSTEM, at=NOON)
    else:
        target = io.BytesIO()
        write_xlsx(target, rows, DAY)
        store_import(read_tables(target, "tep.xlsx", DAY), top, by=SYSTEM, at=NOON)


def taken_out(top: Unit) -> Rows:
    posts = [{name: value for name, value in row.items() if value is not None} for row in post_rows(fresh(top), DAY)]
    return {"units": [row for row in unit_rows(fresh(top), DAY) if row["code"] != "T"], "posts": posts}


def by_key(rows: Rows) -> dict[str, Any]:
    posts = [{name: value for name, value in row.items() if value is not None} for row in rows["posts"]]
    for row in posts:  # a post stands since its first holder came
        row.pop("established_on", None)
    return {
        "units": {row["code"]: row for row in rows["units"]},
        "posts": {(row["unit_code"], row["title"]): row for row in posts},
    }


class RoundTrip(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(organisations(), st.booleans())
    def test_taken_out_and_brought_back_is_all_unchanged(self, rows: Rows, as_csv: bool) -> None:
        top = make_unit(kind="bloc", code="T")
        brought_in(top, rows, as_csv)

        found = [plan(xlsx_of(fresh(top)), top), plan(csv_of(fresh(top), "units"), top, "tep.csv")]
        if rows["posts"]:
            found.append(plan(csv_of(fresh(top), "posts"), top, "tep.csv"))

        assert by_key(taken_out(top)) == by_key(rows)
        assert [(each.wrong, each.is_empty) for each in found] == [([], True)] * len(found)
        assert found[0].same == len(rows["units"]) + 1

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(edits(), st.booleans())
    def test_taken_out_edited_and_brought_in_is_what_was_edited(self, both: tuple[Rows, Rows], as_csv: bool) -> None:
        before, after = both
        top = make_unit(kind="bloc", code="T")
        brought_in(top, before, as_csv)

        brought_in(top, after, as_csv)

        assert by_key(taken_out(top)) == by_key(after)
        assert plan(xlsx_of(fresh(top)), top).is_empty

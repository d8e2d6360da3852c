"""The bench runs as a person runs it, at a size of forty units: every key is there and its figure is plausible."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.own_program
KEYS = {
    *("database", "scale", "units", "assignments", "cascade_to_floor", "cascade_extra_s", "root_queries"),
    *("root_read_to_recount", "approve_statements", "approve_to_floor", "scope_spread", "first_page_kb"),
    *("search_documents", "search_p50_ms", "search_p95_ms", "search_to_floor"),
    *("later_page_kb", "rss_mb", "send_to_floor", "send_s", "send_floor_s", "urge_s", "urge_rss_mb"),
    *("background_reports", "background_portions", "background_longest_s", "background_to_floor", "background_floor_s"),
    *("period_open_s", "completeness_to_floor", "completeness_s"),
    *("tree_branch_to_floor", "tree_search_to_floor", "tree_unit_to_floor", "tree_reach_to_floor", "move_to_floor"),
    *("file_rows", "import_rows_s", "import_to_floor", "import_s", "import_floor_s", "export_rows_s"),
    *("deadline_p50_ms", "deadline_p95_ms", "deadline_read_p95_ms"),
}


def run(*words: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from trienkhai.cli import main; main()", "bench", *words]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=600)


def test_every_figure_is_measured_and_written_to_the_page(tmp_path):
    page, home = tmp_path / "performance.md", tmp_path / "home"
    home.mkdir()

    done = run("--scale", "tiny", "--search", "--json", "--doc", str(page), TRIENKHAI_HOME=str(home))

    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == [], "it wrote beside live data"
    result = json.loads(done.stdout)
    assert set(result) >= KEYS
    assert result["database"] == ("postgresql" if os.environ.get("TRIENKHAI_DATABASE_URL") else "sqlite")
    assert (result["units"], result["assignments"]) == (40, 27 * 20 + 40 * 20)
    assert 0 < result["root_queries"] <= 10
    assert 0 < result["approve_statements"] <= 14
    assert 0 < result["later_page_kb"] <= result["first_page_kb"]
    assert result["period_reports"] == 27
    assert 0 < result["completeness_queries"] <= 10
    assert (result["deadline_sent"], result["deadline_lost"], result["deadline_doubled"]) == (18, 0, 0)
    assert [point["tree_units"] for point in result["curve"]] == [13, 40]
    assert (result["moved"], result["moves"][0]["units"]) == (13, 4)
    assert result["tree_growth"] > 0 and result["move_growth"] > 0
    assert result["file_rows"] == 160
    assert result["import_to_floor"] > 0 and result["export_rows_s"] > 0
    assert result["acts_at_once"] > 0
    assert result["urged"] > 0 and 0 < result["urge_rss_mb"] < 200
    assert (result["deadlocks"], result["other_faults"], result["tally_wrong"]) == (0, 0, 0)
    assert 0 < result["search_p50_ms"] <= result["search_p95_ms"]
    assert result["search_documents"] > 300
    assert "`cascade_to_floor`" in page.read_text()


def test_a_section_measured_again_takes_the_place_of_the_old_one(tmp_path):
    from trienkhai.bench.document import write

    machine = dict.fromkeys(("cores", "memory_gb", "processor", "system", "python", "django", "database"), "x")
    result = {"database": "sqlite", "scale": "bloc", "units": 878, "assignments": 1, "tasks": 1, "machine": machine}
    page = tmp_path / "performance.md"

    for day, name in (("2025-01-01", "postgresql"), ("2025-01-02", "sqlite"), ("2025-01-03", "sqlite")):
        write(page, result | {"database": name, "measured_on": day, "deadlocks": 0})

    text = page.read_text()
    assert [text.count(f"on 2025-01-0{day}") for day in (1, 2, 3)] == [1, 0, 1]
    assert text.index("## SQLite") < text.index("## PostgreSQL")


def test_a_scale_too_large_for_the_embedded_database_is_refused_with_a_sentence():
    done = run("--scale", "nation", TRIENKHAI_DATABASE_URL="")

    assert done.returncode == 1
    assert "cần PostgreSQL" in done.stderr

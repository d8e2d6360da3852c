"""From a real resolution to assignments: named bodies come to units or selections, or are listed, never guessed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.orgs.models import Unit
from trienkhai.orgs.naming import Namer
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.proposals import bodies_of
from trienkhai.tasks.tally import recount

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 9)
CHECKED = yaml.safe_load((Path(__file__).parent / "data" / "lead_mentions.yaml").read_text(encoding="utf-8"))


def government() -> Unit:
    units = store_units(organisation.government(), begin=DAY)
    store_people(organisation.government_posts(), units, begin=DAY, held_from=date(2025, 1, 1))
    return Unit.objects.select_related("present").get(pk=units["CP"].pk)


def bloc() -> Unit:
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    return Unit.objects.select_related("present").get(pk=units["MH"].pk)


@pytest.mark.parametrize(("kind", "office", "on"), [("government", government, DAY), ("bloc", bloc, date(2017, 3, 1))])
def test_mentions_checked_by_hand_come_to_what_they_mean_and_none_to_another(kind: str, office: Any, on: date):
    namer = Namer(office(), on)

    found = [(row["words"], row["is"], bodies_of(row["words"], namer).selection) for row in CHECKED[kind]]

    wrong = [row for row in found if row[2] and set(row[2].split(" + ")) != set((row[1] or "").split(" + "))]
    matched = [row for row in found if row[2]]
    meant = [row for row in found if row[1]]
    assert wrong == []
    assert len(matched) >= 0.95 * len(meant)


def run(*arguments: str) -> Any:
    from trienkhai.cli import main

    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_resolution_03_goes_from_the_file_to_ministries_and_provinces(corpus: Path):
    government()
    file = corpus / "state_NQ_03-NQ-CP_2025.txt"

    result = run("cascade", str(file), "--as", "CP", "--by", leader_of("CP"), "--not-secret", "--yes")

    assert result.exit_code == 0, result.output
    issue = Issue.objects.get()
    tasks = list(issue.tasks.all())
    named = [task for task in tasks if task.lead_words]
    listed = [task for task in named if any(doubt["code"] in ("not_matched", "undetermined") for doubt in task.doubts)]
    resolved = [task for task in named if task.selection]
    assert len(tasks) >= 130
    assert len(set(resolved) | set(listed)) >= 0.95 * len(named)
    assert len(resolved) >= 0.85 * len(named)
    assert issue.count == Assignment.objects.count() > 1000
    assert recount() == []
    assert "hoàn thành đúng hạn" in result.output
    assert "Các bộ, ngành liên quan → chưa xác định (1 lượt)" in result.output


def test_resolution_57_becomes_drafts_of_the_bloc_for_an_officer_to_edit(corpus: Path):
    bloc()
    file = corpus / "party_NQ_57-NQ-TW_2024.txt"

    result = run("cascade", str(file), "--as", "MH", "--by", "chuyenvien", "--not-secret", "--draft")

    assert result.exit_code == 0, result.output
    issue = Issue.objects.get()
    assert issue.state == Issue.State.PREPARED
    assert Assignment.objects.count() == 0
    section = [
        task for task in issue.tasks.all() if any(clause_of_section_three(clause) for clause in task.clauses.all())
    ]
    assert len(section) >= 7
    assert all(task.quote for task in section)


def clause_of_section_three(clause: Any) -> bool:
    while clause.parent:
        clause = clause.parent
    return str(clause.label).strip(" .-") == "III"


def leader_of(code: str) -> str:
    return next(
        row.username for row in organisation.government_posts() if row.unit_code == code and row.role == "leader"
    )


def test_secret_mark_and_missing_declaration_store_nothing(tmp_path: Path):
    bloc()
    secret = tmp_path / "mat.txt"
    secret.write_text("ĐẢNG BỘ KHỐI MINH HỌA\nMẬT\nSố 01-NQ/ĐUMH\n\nNGHỊ QUYẾT\nvề việc thử\n" + "Nội dung. " * 30)

    marked = run("cascade", str(secret), "--as", "MH", "--by", "vanthu", "--not-secret", "--yes")
    undeclared = run("cascade", str(secret), "--as", "MH", "--by", "vanthu", "--yes")

    assert (marked.exit_code, undeclared.exit_code) == (1, 1)
    assert "MẬT" in marked.output
    assert Issue.objects.count() == 0

"""The tools keep their promises: the lock, the make targets, the clean tree, licences, translations."""

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import licences, screenshots, translations, tree

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / name for name in licences.LOCKS]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_lock_holds_a_hash_for_every_package_and_no_address(lock):
    text = lock.read_text()
    packages = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text


def test_the_lock_of_tests_holds_the_versions_that_are_shipped():
    shipped, tested = ({line.rstrip(" \\") for line in lock.read_text().splitlines() if "==" in line} for lock in LOCKS)

    assert shipped <= tested


def test_every_make_target_the_papers_name_exists():
    papers = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {word for paper in papers for word in re.findall(r"`make (?:\w+=\S+ )*([a-z-]+)", paper.read_text())}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))

    assert named <= targets


def test_every_file_and_picture_the_papers_point_to_exists_and_no_picture_is_left_over():
    papers = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    links = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
    named = {(paper.parent / link).resolve() for paper in papers for link in links.findall(paper.read_text())}
    pictures = {ROOT / "docs" / "screenshots" / f"{name}.png" for name in screenshots.KEPT}

    assert [path for path in named if not path.exists()] == []
    assert set((ROOT / "docs" / "screenshots").iterdir()) == pictures


def test_the_continuous_integration_runs_demo_check_and_test_and_is_sound_bash():
    script = ROOT / ".ci" / "run"

    called = re.findall(r"^(?:\w+=\S+ )*make ([\w-]+)", script.read_text(), flags=re.MULTILINE)
    assert called == ["setup-dev", "demo", "check", "test"]
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize(
    "words",
    ["https://py" + "pi.org/simple", "/ro" + "ot/.cache", "/ho" + "me/lan/trienkhai", '"reso' + 'lved": "x"'],
)
def test_a_tracked_file_may_not_name_a_registry_or_a_private_path(tmp_path, words):
    path = tmp_path / "a.txt"
    path.write_text(f"fine\nsee {words}\n")

    found = tree.faults(path)

    assert [fault.split(": ")[0] for fault in found] == [f"{path}:2"]


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("GPL-2.0-only OR MIT", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v3 (GPLv3)", True),
    ],
)
def test_gpl_and_agpl_are_refused_and_lgpl_is_not(licence, refused):
    assert licences.refused(licence) is refused


def test_texts_of_modules_and_templates_are_found_with_context_and_plural(tmp_path, monkeypatch):
    write_source(tmp_path, "area/forms.py", '_("Name")\npgettext("menu", "Tasks")\n')
    write_source(
        tmp_path,
        "area/templates/area/list.html",
        "<div>\n  <p title=\"it's\">{% translate 'Open' context 'state' %}</p>\n    {{ x|default:_('None yet') }}\n"
        "{% blocktranslate count n=n %}{{ n }} unit{% plural %}{{ n }} units{% endblocktranslate %}\n</div>",
    )
    write_source(tmp_path, "area/tests/test_forms.py", '_("Not for people")\n')
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)

    found = {translations.key(message) for message in translations.extract() if message.id}

    assert found == {
        (None, "Name"),
        ("menu", "Tasks"),
        ("state", "Open"),
        (None, "None yet"),
        (None, "%(n)s unit"),
    }


@pytest.mark.parametrize(
    ("vietnamese", "flags", "complaint"),
    [
        ("%(n)s đơn vị", (), None),
        ("", (), "no Vietnamese"),
        ("%(n)s đơn vị", ("fuzzy",), "fuzzy"),
        ("%(m)s đơn vị", (), "other placeholders"),
    ],
)
def test_a_text_without_sound_vietnamese_is_named(vietnamese, flags, complaint):
    extracted = Catalog(locale="vi")
    extracted.add("%(n)s of units", locations=[("forms.py", 1)])
    catalog = Catalog(locale="vi")
    catalog.add("%(n)s of units", vietnamese, flags=flags)

    found = translations.faults(catalog, extracted)

    assert len(found) == (complaint is not None)
    assert all(complaint in fault and "%(n)s of units" in fault for fault in found)


def write_source(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

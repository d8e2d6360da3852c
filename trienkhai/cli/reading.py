"""`trienkhai read`: what the reader finds in documents, without a database."""

import gettext
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.reader.refusals import Unreadable

LOCALE = Path(__file__).parent.parent / "locale"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, a line each.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Read documents (.txt .md .html .docx .pdf) and print what they hold."""
    failed = False
    for path in files:
        try:
            intake = open_document(path)
        except (Unreadable, OSError) as fault:
            click.echo(f"{path}: {sentence(fault)}", err=True)
            failed = True
            continue
        found = read_text(intake.text, name=path.name, wrapped=intake.wrapped).as_dict()
        found["secrecy"] = found.get("secrecy") or intake.secrecy
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else summary(path, found))
    sys.exit(1 if failed else 0)


def sentence(fault: Exception) -> str:
    """Why the file is refused, in the reader's language; the system's own words for a file that is not there."""
    if not isinstance(fault, Unreadable):
        return str(fault)
    catalogue = gettext.translation("django", LOCALE, ["vi"], fallback=True)
    words = catalogue.gettext if os.environ.get("TRIENKHAI_LANGUAGE", "vi") == "vi" else str
    return words(fault.sentence) % fault.params


def summary(path: Path, found: dict[str, Any]) -> str:
    """A dozen lines for a person: head, signer, counts, the first tasks."""
    signer = found.get("signer") or {}
    lines = [
        f"{path.name}",
        f"  {found.get('doc_type') or '?'} {found.get('symbol') or ''} · {found.get('date') or '?'} · "
        f"{found.get('issuer') or '?'}",
        f"  {found.get('title') or ''}",
        f"  ký: {signer.get('name') or '?'} ({signer.get('role') or '?'})",
        f"  căn cứ {len(found['bases'])} · viện dẫn {len(found['references'])} · nơi nhận {len(found['recipients'])} · "
        f"nhiệm vụ {len(found['tasks'])}",
    ]
    for number, task in enumerate(found["tasks"], start=1):
        lead, deadline = task.get("lead") or "–", task.get("deadline") or "–"
        lines.append(f"  {number:>3}. {task['text'][:90]}  [{lead[:50]}; {deadline[:40]}]")
    return "\n".join(lines)

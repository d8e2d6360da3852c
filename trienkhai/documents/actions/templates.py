"""An office's own templates: looked over, tried, stored; or taken away again."""

from datetime import date, datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.documents import rules_drafting as rules
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.layouts.composing import Paper, compose
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.layouts.office_template import Faulty, fill_template
from trienkhai.documents.layouts.spec import Layout
from trienkhai.documents.models import OfficeTemplate, StoredFile, System
from trienkhai.documents.queries.drafts import layout_of
from trienkhai.documents.reader.files import open_document
from trienkhai.documents.reader.refusals import Unreadable
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

SIZE_LIMIT = 5 * 1024 * 1024


def store_template(
    unit: Unit, upload: BinaryIO, *, name: str, system: str, kind: str, by: Account, at: datetime
) -> OfficeTemplate:
    """Keep a .docx in place of the built-in template for one type ('' for all), and in place of the one kept before.

    Raises Refused; ValidationError with a sentence for a file that is no sound template. Nothing is stored then.
    """
    verdict = rules.can_store_template(by, unit, day_of(at)).require()
    layout = layout_of(_system(system), on=day_of(at), place=unit.path or "").layout
    if kind and kind not in layout.kinds:
        raise ValidationError({"kind": _("This layout has no document of that type.")})
    _try(upload, name, layout, kind)
    try:
        with transaction.atomic():
            Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
            stored = store_file(upload, owner=unit, by=by, at=at, name=name)
            _remove(OfficeTemplate.objects.filter(unit=unit, system=system, kind=kind).first())
            kept = OfficeTemplate.objects.create(
                unit=unit, system=system, kind=kind, file=stored, stored_by=by, stored_at=at
            )
            record(
                "template.stored",
                kept,
                by=actor(by, verdict.holding),
                at=at,
                unit_path=unit.path or "",
                label=stored.name,
                sha256=stored.sha256,
            )
            return kept
    except BaseException:
        remove_unused()
        raise


def _system(system: str) -> str:
    if system not in System.values:
        raise ValidationError({"system": _("Choose one of the values shown.")})
    return system


def _try(upload: BinaryIO, name: str, layout: Layout, kind: str) -> None:
    """Open it as any document is opened, look it over, and fill it once with a sample."""
    try:
        upload.seek(0)
        if not name.lower().endswith(".docx"):
            raise Faulty("damaged")
        open_document(upload, name=name, limit=SIZE_LIMIT)
        upload.seek(0)
        fill_template(upload.read(), compose(_sample(layout, kind), layout))
    except Unreadable as fault:
        raise ValidationError({"file": _(fault.sentence) % fault.params}) from fault
    except Faulty as fault:
        raise ValidationError({"file": _(fault.sentence) % fault.params}) from fault


def _sample(layout: Layout, kind: str) -> Paper:
    return Paper(
        kind=layout.kinds.get(kind) or next(iter(layout.kinds.values())),
        title="về việc thử mẫu",
        issuer="Cơ quan Thử",
        symbol_body="THU",
        number="1",
        place="Thử",
        issued_on=date(2017, 1, 3),
        addressees=("Nơi thử",),
        body=pieces("I. MỤC THỬ\n\n1. Nội dung thử.\n\n| TT | Việc |\n| 1 | Thử |"),
        recipients=("Nơi thử", "Lưu"),
        authority=(f"{layout.authorities[0]} Cơ quan thử",),
        signer_role="Trưởng",
        signer_name="Người Thử",
    )


@transaction.atomic
def remove_template(template_id: int, *, by: Account, at: datetime) -> None:
    """From now on the built-in template serves again."""
    kept = (
        OfficeTemplate.objects.select_for_update(of=("self",))
        .select_related("unit__present", "file")
        .get(pk=template_id)
    )
    verdict = rules.can_store_template(by, kept.unit, day_of(at)).require()
    who, path, name = actor(by, verdict.holding), kept.unit.path or "", kept.file.name
    record("template.removed", kept, by=who, at=at, unit_path=path, label=name)
    _remove(kept)


def _remove(kept: OfficeTemplate | None) -> None:
    if kept is None:
        return
    path, file = kept.file.path, kept.file_id
    kept.delete()
    StoredFile.objects.filter(pk=file).delete()
    transaction.on_commit(lambda: default_storage.delete(path))

"""A document is withdrawn (thu hồi văn bản): it stays where it is, struck, with the reason."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.documents import rules
from trienkhai.documents.models import Document
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account


@transaction.atomic
def withdraw_document(document_id: int, *, reason: str, by: Account, at: datetime) -> Document:
    """Mark a document withdrawn. Nothing is deleted; drafts of tasks from it can no longer be issued."""
    document = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner__present")
        .get(pk=document_id)
    )
    verdict = rules.can_withdraw(by, document, day_of(at)).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    document.withdrawn_at, document.withdrawn_by, document.withdrawn_reason = at, by, reason.strip()
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        "document.withdrawn",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=document.owner.path or "",
        label=document.reference,
        personal={"reason": document.withdrawn_reason},
    )
    return document

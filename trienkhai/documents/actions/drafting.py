"""A paper is begun, changed, copied and put aside; every stored version stays."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import fold, nfc, squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents import rules_drafting as rules
from trienkhai.documents.layouts.spec import Layout
from trienkhai.documents.marks import fault_of
from trienkhai.documents.models import Document, Draft, DraftState, DraftVersion, System
from trienkhai.documents.queries.drafts import layout_of, lines_of, signers_at
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

WORDS = (
    "system", "kind", "title", "issuer_name", "parent_name", "symbol_body", "place", "issued_on", "addressees", "bases",
    "body", "recipients", "authority", "signer", "signer_role", "signer_name", "urgency",
)  # fmt: skip
LONGEST_TEXT = 1_000_000


class Overtaken(Exception):
    """Someone stored another version since the writer opened the draft. Nothing was stored; `draft` holds theirs."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(_("Another person has stored the draft in the meantime.")))
        self.draft = draft


@transaction.atomic
def begin_draft(
    unit: Unit,
    words: dict[str, Any],
    *,
    source: Document | None = None,
    copied: Draft | None = None,
    sending: UUID | None = None,
    allowed: Verdict | None = None,
    by: Account,
    at: datetime,
) -> Draft:
    """A new draft with its first version. source: the upper document that it makes concrete. copied: what it began as.

    sending: names this sending of a form; the same one again gives the draft that it made.
    allowed: the yes of a later area's rule, asked under its own lock, for a paper that this area does not know.
    Raises Refused; ValidationError by field for words that the layout of the paper's day cannot take.
    """
    verdict = (allowed or rules.can_draft(by, unit, day_of(at))).require()
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if sending and (made := Draft.objects.filter(uuid=sending, unit=unit).first()):
        return made
    if copied and Draft.objects.select_for_update(of=("self",), no_key=True).filter(pk=copied.pk).first() is None:
        raise Refused(_("The document was locked away."))
    checked = _checked(words, unit, day_of(at))
    named = {"uuid": sending} if sending else {}
    draft = Draft.objects.create(
        unit=unit, source=source, copied_from=copied, changed_by=by, changed_at=at, created_at=at, **named, **checked
    )
    _keep(draft, checked, by, at)
    _record("draft.begun", draft, verdict, by, at, copied=copied.pk if copied else None)
    return draft


@transaction.atomic
def change_draft(draft_id: int, words: dict[str, Any], *, base: int, by: Account, at: datetime) -> Draft:
    """Store a new version. base: the version the writer began from. The same words again store nothing.

    Raises Refused; Overtaken when another version was stored since; ValidationError by field.
    """
    draft = locked_draft(draft_id)
    verdict = rules.can_change(by, draft, day_of(at)).require()
    if words.get("kind") != draft.kind:
        rules.can_draft(by, draft.unit, day_of(at)).require()
    if draft.version != base:
        raise Overtaken(draft)
    checked = _checked(words, draft.unit, day_of(at))
    if all(getattr(draft, name) == given for name, given in checked.items()):
        return draft
    for name, given in checked.items():
        setattr(draft, name, given)
    draft.version += 1
    draft.changed_by, draft.changed_at = by, at
    draft.save()
    _keep(draft, checked, by, at)
    _record("draft.changed", draft, verdict, by, at, version=draft.version)
    return draft


@transaction.atomic
def drop_draft(draft_id: int, *, by: Account, at: datetime) -> Draft:
    """Put a draft aside. Its versions stay, and it can be copied."""
    draft = locked_draft(draft_id)
    verdict = rules.can_change(by, draft, day_of(at)).require()
    draft.state = DraftState.DROPPED
    draft.save(update_fields=["state"])
    _record("draft.dropped", draft, verdict, by, at)
    return draft


def locked_draft(draft_id: int) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("unit__present", "signer__post")
    return rows.get(pk=draft_id)


def _keep(draft: Draft, words: dict[str, Any], by: Account, at: datetime) -> None:
    kept = words | {
        "issued_on": words["issued_on"].isoformat() if words["issued_on"] else "",
        "signer": words["signer"].pk if words["signer"] else None,
    }
    DraftVersion.objects.create(draft=draft, number=draft.version, words=kept, by=by, at=at)


def _record(verb: str, draft: Draft, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    """The log names a draft by its number: never by its subject, which may turn out to be a secret."""
    who, path = actor(by, verdict.holding), draft.unit.path or ""
    record(verb, draft, by=who, at=at, unit_path=path, label=f"#{draft.pk}", **data)


def _checked(words: dict[str, Any], unit: Unit, on: date) -> dict[str, Any]:
    """Words as they are stored. Raises ValidationError with a sentence for each field that will not do."""
    values = {name: words.get(name) for name in WORDS}
    for name, given in values.items():
        field = Draft._meta.get_field(name)
        if isinstance(given, str) or (given is None and name not in ("issued_on", "signer")):
            text = str(given or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
            values[name] = squeeze(text) if getattr(field, "max_length", None) else nfc(text).strip("\n")
    if values["system"] not in System.values:
        raise ValidationError({"system": _("Choose one of the values shown.")})
    layout = layout_of(values["system"], on=values["issued_on"] or on, place=unit.path or "").layout
    if faults := _faults(values, layout, unit, on):
        raise ValidationError(faults)
    if values["signer"]:
        values["signer_name"] = values["signer"].account.name
        values["signer_role"] = values["signer_role"] or values["signer"].post.title
    return values


def _faults(values: dict[str, Any], layout: Layout, unit: Unit, on: date) -> dict[str, str]:
    found = {
        name: _("At most %(limit)s characters.") % {"limit": limit}
        for name in WORDS
        if (limit := getattr(Draft._meta.get_field(name), "max_length", None) or LONGEST_TEXT)
        and isinstance(values[name], str)
        and len(values[name]) > limit
    }
    if not values["title"]:
        found["title"] = _("Say what the document is about.")
    if not values["issuer_name"]:
        found["issuer_name"] = _("Say who issues the document.")
    if values["kind"] not in layout.kinds:
        found["kind"] = _("This layout has no document of that type.")
    if values["urgency"] and values["urgency"] not in layout.urgencies:
        found["urgency"] = _("Choose one of the values shown.")
    if values["signer"] and values["signer"].pk not in {row.pk for row in signers_at(unit, on)}:
        found["signer"] = _("Only a leader of the unit signs for it.")
    if sentence := fault_of(values["body"]):
        found["body"] = sentence
    if sentence := _fault_of_authority(values["authority"], layout):
        found["authority"] = sentence
    return found


def _fault_of_authority(text: str, layout: Layout) -> str:
    """Signing lines begin with a sign of the layout; a committee signs as a whole, so nobody signs as its deputy."""
    prefix, bodies = layout.collective.get("prefix", ""), layout.collective.get("bodies", [])
    for line in lines_of(text):
        sign = next((sign for sign in layout.authorities if line.upper().startswith(f"{sign} ")), "")
        if not sign:
            return _("In this layout a line begins with %(signs)s.") % {"signs": ", ".join(layout.authorities)}
        if sign == prefix and fold(line[len(sign) :]).startswith(tuple(map(fold, bodies))):
            return _("A committee signs as a whole: its deputy secretary too signs %(sign)s, never %(wrong)s.") % {
                "sign": layout.authorities[0],
                "wrong": prefix,
            }
    return ""

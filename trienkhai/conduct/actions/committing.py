"""A person commits, reports on it, the collective comments. What is written is in no act; each reading is one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.folding import nfc
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.conduct import rules
from trienkhai.conduct.models import Commitment, Review
from trienkhai.documents.actions.filing import remove_files, remove_unused, store_file
from trienkhai.documents.actions.reading import require_declaration
from trienkhai.documents.actions.versions import look_through
from trienkhai.documents.marks import fault_of
from trienkhai.notices.actions import tell, tell_people
from trienkhai.orgs.actions.roster.keeping import hold
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.people.models import Account

LONGEST = 5000


def words_of(text: str, name: str, missing: str, limit: int = LONGEST) -> str:
    """Raises ValidationError at the field `name`; a mark of secrecy is looked for in the text as typed."""
    words = nfc(text).strip()
    if not words:
        raise ValidationError({name: missing})
    if len(words) > limit:
        raise ValidationError({name: _("At most %(limit)s characters.") % {"limit": limit}})
    if sentence := fault_of(text):
        raise ValidationError({name: sentence})
    return words


def note(verb: str, row: Any, unit: Unit, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names the unit and the number of the row."""
    who = actor(by, verdict.holding)
    return record(verb, row, by=who, at=at, unit_path=unit.path or "", label=unit.short_name, **data)


def held_unit(unit: Unit) -> Unit:
    rows = Unit.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("present").get(pk=unit.pk)


def _locked(pk: int) -> Commitment:
    """All of a commitment is written under this one lock. Raises Refused for one that went with a name meanwhile."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("unit__present", "account", "member").filter(pk=pk).first()
    if row is None:
        raise Refused(_("This commitment is outside your sight."))
    return row


@transaction.atomic
def commit(unit: Unit, *, year: int, text: str, by: Account, at: datetime) -> Commitment:
    """The person's commitment of the year, one wherever they sit; changed until the first own report. The same words
    again change nothing. One that ended with its unit is passed over."""
    words = words_of(text, "text", _("Write what you commit to."))
    unit = hold(unit)
    verdict = rules.can_commit(by, unit, day_of(at)).require()
    if not 1990 <= year <= day_of(at).year + 1:
        raise ValidationError({"year": _("This is no year of a commitment.")})
    leads = rules.signing(day_of(at)).filter(account=by, post__unit=unit).exists()
    span = None if leads else rules.span_of(by, unit, day_of(at))
    who: dict[str, Any] = {"member": span.member} if span else {"account": by}
    found = Commitment.objects.going_on().filter(year=year, **who).select_related("unit").first()
    if found is None:
        post = verdict.holding.post.title[:160]
        row = Commitment.objects.create(unit=unit, year=year, post=post, text=words, made_on=day_of(at), **who)
        note("conduct.committed", row, unit, verdict, by, at, year=year)
        return row
    if found.unit_id != unit.pk:
        raise Refused(_("You have committed yourself for this year at %(unit)s.") % {"unit": found.unit})
    if found.text == words:
        return found
    if found.reviews.exists():
        raise Refused(_("It was reported on already: the commitment stays as it is."))
    found.text = words
    found.save(update_fields=["text"])
    note("conduct.commitment_changed", found, unit, verdict, by, at, year=year)
    return found


@dataclass(frozen=True)
class Told:
    """The own report for a period with its evidence."""

    text: str
    link: str = ""
    file: BinaryIO | None = None
    not_secret: bool = False


def report(commitment_id: int, period: str, told: Told, *, by: Account, at: datetime) -> Review:
    """The own report on six months or the year, changed until the collective has commented; the day is that on
    which it was first told. A new file takes the place of the old. Whoever comments is told. Raises Refused,
    ValidationError by field or for the file."""
    if told.file:
        require_declaration(told.not_secret)
        unit = Unit.objects.select_related("present").get(commitments=commitment_id)
        look_through(told.file, getattr(told.file, "name", "") or "", unit)
    try:
        with transaction.atomic():
            row = _locked(commitment_id)
            rules.can_report(by, row, period, day_of(at)).require()
            words = words_of(told.text, "text", _("Say what you did."))
            if told.link and not told.link.startswith(("http://", "https://")):
                raise ValidationError({"link": _("A link begins with http:// or https://.")})
            known = row.reviews.filter(period=period).select_related("file").first()
            review = known or Review(commitment=row, period=period, told_on=day_of(at))
            review.told, review.link, before = words, told.link[:500], review.file
            if told.file:
                review.file = store_file(told.file, owner=row.unit, by=by, at=at)
            review.save()
            if told.file and before:
                remove_files([before])
            act = note("conduct.reported", review, row.unit, Verdict(True), by, at, period=str(period))
            url = reverse("conduct:commitment", args=[row.pk])
            above = rules.commenter_above(row, day_of(at))
            at_unit, roles = (above, (Role.LEADER,)) if above else (row.unit_id, rules.SIGNERS)
            tell(at_unit, roles, "conduct_reported", url=url, at=at, act=act.pk, unit=row.unit.short_name)
            return review
    except BaseException:
        remove_unused()
        raise


@transaction.atomic
def comment(review_id: int, *, text: str, met_on: date, by: Account, at: datetime) -> Review:
    """What the collective said at its meeting, once; no opinion of a single person is kept. The author is told."""
    words = words_of(text, "text", _("Write what the collective said."))
    row = _locked(Review.objects.values_list("commitment", flat=True).get(pk=review_id))
    review = Review.objects.get(pk=review_id)
    review.commitment = row
    verdict = rules.can_comment(by, review, day_of(at)).require()
    if not review.told_on <= met_on <= day_of(at):
        raise ValidationError({"met_on": _("The meeting lies between the own report and today.")})
    review.comment, review.met_on, review.commented_on, review.commented_by = words, met_on, day_of(at), by
    review.save(update_fields=["comment", "met_on", "commented_on", "commented_by"])
    act = note("conduct.commented", review, row.unit, verdict, by, at, period=str(review.period))
    posts = Holding.objects.on(day_of(at)).filter(account=row.author_id).select_related("post").order_by("pk")
    held = min(posts, key=lambda one: one.post.unit_id != row.unit_id, default=None)
    if row.author_id and held:
        url = reverse("conduct:commitment", args=[row.pk])
        words_of_unit = {"unit": row.unit.short_name}
        tell_people({row.author_id: held.post_id}, "conduct_commented", url=url, at=at, act=act.pk, **words_of_unit)
    return review


@transaction.atomic
def read_commitment(commitment_id: int, *, by: Account, at: datetime) -> Commitment:
    """The whole of a commitment, for whoever may. Every reading by another than the author is an act."""
    rows = rules.visible_commitments(by, day_of(at)).select_related("unit__present", "account", "member")
    row = rows.filter(pk=commitment_id).first()
    if row is None:
        raise Refused(_("This commitment is outside your sight."))
    if not rules.is_author(by, row):
        record("conduct.read", row, by=actor(by), at=at, unit_path=row.unit.path or "", label=row.unit.short_name)
    return row

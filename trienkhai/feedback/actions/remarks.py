"""Posts are named to receive feedback; feedback by name is given, read, answered, sent up."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.feedback import rules
from trienkhai.feedback.actions.holding import hold_units, tell_person
from trienkhai.feedback.models import ReceivingPost, Remark
from trienkhai.notices.actions import tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


@transaction.atomic
def name_posts(unit: Unit, posts: Iterable[int], *, by: Account, at: datetime) -> None:
    """From now on just these posts of the unit receive its feedback; none: it takes no new feedback. Raises Refused,
    also where something waits and nobody would be left to read it.
    """
    unit = hold_units(unit)[unit.pk]
    verdict = rules.can_name_posts(by, unit, day_of(at)).require()
    wanted = set(rules.nameable_posts(unit).filter(pk__in=list(posts)).values_list("pk", flat=True))
    rules.can_leave_with(unit, wanted, day_of(at)).require()
    named = set(rules.posts_of(unit.pk))
    ReceivingPost.objects.filter(post__in=named - wanted).delete()
    ReceivingPost.objects.bulk_create(
        ReceivingPost(post_id=pk, named_by=by, named_on=day_of(at)) for pk in sorted(wanted - named)
    )
    record("remark.posts_named", unit, by=actor(by, verdict.holding), at=at, old=sorted(named), new=sorted(wanted))


@transaction.atomic
def remark(to: Unit, text: str, *, about: Account | None = None, by: Account, at: datetime) -> Remark:
    """Feedback by name, to the receiving posts of `to`, or of the nearest level above where `about` neither reads nor
    leads. Raises Refused, ValidationError by field.

    The act names nobody; who wrote is a personal value of it and belongs to no branch of the log.
    """
    on = day_of(at)
    to = hold_units(to, *rules.units_above(to, on))[to.pk]
    rules.can_remark(by, to, about, on).require()
    if not text.strip():
        raise ValidationError({"text": _("This field is required.")})
    unit = rules.place_of_remark(to, about, on) or to
    made = Remark.objects.create(given_to=to, unit=unit, by=by, about=about, text=text.strip(), sent_at=at)
    act = record("remark.given", made, by=Actor(), at=at, label=_label(made), personal={"sender": by.name})
    tell_posts(rules.posts_of(unit.pk), "remark_given", url=_url(made), at=at, act=act.pk)
    return made


def _label(remark: Remark) -> str:
    return _("no. %(n)d") % {"n": remark.pk}


def _url(remark: Remark) -> str:
    return reverse("feedback:remark", args=[remark.pk])


def _locked(remark_id: int) -> Remark:
    return Remark.objects.select_for_update(of=("self",)).select_related("unit__present").get(pk=remark_id)


@transaction.atomic
def read_remark(remark_id: int, *, by: Account, at: datetime) -> Remark:
    """Its words, and each reading is an act, which the writer sees. Raises Refused."""
    found = _locked(remark_id)
    verdict = rules.can_read_remark(by, found, day_of(at)).require()
    record("remark.read", found, by=actor(by, verdict.holding), at=at, label=_label(found))
    return found


@transaction.atomic
def answer_remark(remark_id: int, text: str, *, by: Account, at: datetime) -> Remark:
    """The writer is told. Raises Refused, ValidationError by field."""
    found, on = _locked(remark_id), day_of(at)
    verdict = rules.can_answer_remark(by, found, on).require()
    if not text.strip():
        raise ValidationError({"text": _("This field is required.")})
    found.answer, found.answered_by, found.answered_at = text.strip(), by, at
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    act = record("remark.answered", found, by=actor(by, verdict.holding), at=at, label=_label(found))
    tell_person(found.by_id, "remark_answered", url=_url(found), at=at, act=act.pk)
    return found


@transaction.atomic
def send_up(remark_id: int, *, by: Account, at: datetime) -> Remark:
    """To the nearest level above that may have it. Raises Refused."""
    on, place = day_of(at), Unit.objects.get(remarks=remark_id)
    hold_units(place, *rules.units_above(place, on))
    found = _locked(remark_id)
    verdict = rules.can_send_up(by, found, on).require()
    record("remark.sent_up", found, by=actor(by, verdict.holding), at=at, label=_label(found))
    found.unit = rules.next_place(found, on) or found.unit
    found.save(update_fields=["unit"])
    tell_posts(rules.posts_of(found.unit_id), "remark_given", url=_url(found), at=at)
    return found

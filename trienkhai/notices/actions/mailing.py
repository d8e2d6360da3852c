"""One mail a person and day: planned in one act of the database, sent one by one, never twice.

A digest is claimed before the server is spoken to. A server that cannot be reached or says no is tried again, ever more
seldom; where it is not known whether the server took a mail, that mail is not sent again.
"""

import smtplib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from trienkhai.common.clock import day_of
from trienkhai.notices.actions.choosing import unsubscribe_token
from trienkhai.notices.models import Digest, DigestState, MailChoice, Notice, Rhythm
from trienkhai.notices.queries import Chapter, chapters_of
from trienkhai.notices.rules import visible_notices
from trienkhai.orgs.models import Holding
from trienkhai.people.models import Account

MONDAY = 0
FIRST_PAUSE = timedelta(minutes=5)
MOST_TRIES = 6
BATCH = 2000


@transaction.atomic
def plan_digests(*, on: date, at: datetime) -> int:
    """A digest for everyone who wants one that day, has an address and unread news since the last one that was sent.

    Whatever workers plan, each person has one digest a day. One of an earlier day that still waits is overtaken by
    the new one, which holds its news too. Returns how many were planned; two queries find them,
    those with news of their posts and those with news of their own.
    """
    unwanted = Q(rhythm=Rhythm.NONE) if on.weekday() == MONDAY else ~Q(rhythm=Rhythm.DAILY)
    sent = Digest.objects.filter(account=OuterRef("account"), state__in=(DigestState.SENT, DigestState.NOTHING))
    found: dict[int, tuple[int, int]] = {}
    for rows, notices in ((Holding.objects.on(on), "post__notices"), (Notice.objects.exclude(account=None), "")):
        name = f"{notices}__" if notices else ""
        unread = {f"{name}read_at": None, f"{name}pk__gt": F("after")} | ({f"{name}account": None} if notices else {})
        news = (
            rows.filter(account__is_active=True)
            .exclude(account__email="")
            .exclude(account__in=MailChoice.objects.filter(unwanted).values("account"))
            .exclude(account__in=Digest.objects.filter(on=on).values("account"))
            .annotate(after=Coalesce(Subquery(sent.order_by("-upto").values("upto")[:1]), 0))
            .filter(**unread)
            .order_by("account")
            .values_list("account", "after")
            .annotate(upto=Max(f"{name}pk"))
        )
        for pk, after, upto in news:
            found[pk] = after, max(upto, found.get(pk, (0, 0))[1])
    made = [Digest(account_id=pk, on=on, after=after, upto=upto, next_at=at) for pk, (after, upto) in found.items()]
    Digest.objects.filter(account__in=[row.account_id for row in made], state=DigestState.WAITING, on__lt=on).update(
        state=DigestState.OVERTAKEN
    )
    Digest.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(made)


def send_next(*, at: datetime) -> bool:
    """Send the digest that waits longest; False when none waits now, or the server cannot be reached."""
    digest = _claim(at)
    if digest is None:
        return False
    account = digest.account
    notices = _news(digest, account, day_of(at))
    if not notices:
        _end(digest, DigestState.NOTHING)
        return True
    message = message_of(account, notices, number=digest.pk)
    server = get_connection()
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as fault:
        _try_later(digest, fault, at)
        return False
    try:
        server.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
        _refused(digest, fault, at)
    except (OSError, smtplib.SMTPException) as fault:
        _end(digest, DigestState.UNSURE, fault=str(fault))
    else:
        _end(digest, DigestState.SENT, count=len(notices))
    finally:
        server.close()
    return True


@transaction.atomic
def _claim(at: datetime) -> Digest | None:
    """The next one, marked as being sent; no other worker gets it."""
    rows = Digest.objects.select_for_update(skip_locked=connection.vendor == "postgresql", of=("self",))
    waiting = rows.filter(state=DigestState.WAITING, next_at__lte=at).select_related("account")
    digest = waiting.order_by("next_at", "pk").first()
    if digest is not None:
        digest.state, digest.tries = DigestState.SENDING, digest.tries + 1
        digest.save(update_fields=["state", "tries"])
    return digest


def _news(digest: Digest, account: Account, on: date) -> list[Notice]:
    """Still unread and still the person's to read, of the kinds wanted; none for who wants no mail any more."""
    choice = MailChoice.objects.filter(account=account).first()
    if not account.is_active or not account.email or (choice and choice.rhythm == Rhythm.NONE):
        return []
    rows = visible_notices(account, on).filter(read_at=None, pk__gt=digest.after, pk__lte=digest.upto)
    return [
        notice
        for chapter in chapters_of(rows.order_by("-at", "-pk"), without=choice.left_out if choice else ())
        for notice in chapter.notices
    ]


def message_of(account: Account, notices: list[Notice], *, number: int) -> EmailMultiAlternatives:
    """The mail in the language of the account: titles and links, or with `MAIL_DETAIL` “counts” numbers alone."""
    with translation.override(account.language):
        chapters: list[Chapter] = chapters_of(notices)
        leave = settings.SITE_URL + reverse("notices:unsubscribe", args=[unsubscribe_token(account)])
        context = {
            "account": account,
            "chapters": chapters,
            "titles": settings.MAIL_DETAIL == "titles",
            "site": settings.SITE_URL,
            "inbox": settings.SITE_URL + reverse("notices:inbox"),
            "choose": settings.SITE_URL + reverse("notices:settings"),
            "leave": leave,
        }
        words = ngettext("Triển Khai: %(n)d unread notice", "Triển Khai: %(n)d unread notices", len(notices))
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
        message = EmailMultiAlternatives(
            words % {"n": len(notices)},
            render_to_string("notices/mail.txt", context),
            to=[account.email],
            headers={
                "Message-ID": f"<digest-{number}@{host}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return message


def _end(digest: Digest, state: str, *, count: int = 0, fault: str = "") -> None:
    Digest.objects.filter(pk=digest.pk).update(state=state, count=count, fault=fault[:300])


def _refused(digest: Digest, fault: smtplib.SMTPException, at: datetime) -> None:
    """A refusal for now (4xx) is tried again, one for good ends the digest."""
    codes = (
        [code for code, _words in fault.recipients.values()]
        if isinstance(fault, smtplib.SMTPRecipientsRefused)
        else [getattr(fault, "smtp_code", 500)]
    )
    if all(400 <= code < 500 for code in codes):
        _try_later(digest, fault, at)
    else:
        _end(digest, DigestState.FAILED, fault=str(fault))


def _try_later(digest: Digest, fault: Exception, at: datetime) -> None:
    """Five minutes later, then ten, twenty …; after six tries no more."""
    if digest.tries >= MOST_TRIES:
        _end(digest, DigestState.FAILED, fault=str(fault))
        return
    pause = FIRST_PAUSE * 2 ** (digest.tries - 1)
    values = {"state": DigestState.WAITING, "next_at": at + pause, "fault": str(fault)[:300]}
    Digest.objects.filter(pk=digest.pk).update(**values)

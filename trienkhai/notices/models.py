"""Notices, and how they leave the house: digests by e-mail, calendar feeds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Post


class Notice(models.Model):
    """`kind` names the sentence (see `wording`), `params` fills it, `url` is where it leads. Written with its act.

    `account`: the only person who reads it, also without the post; None for whoever holds the post.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="notices")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    act = models.BigIntegerField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "at"], name="notice_post"),
            models.Index(fields=["account", "at"], name="notice_person", condition=Q(account__isnull=False)),
        ]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="notice_has_kind")]

    def __str__(self) -> str:
        return self.kind


class Rhythm(models.TextChoices):
    NONE = "none", _("no e-mail")
    DAILY = "daily", _("every day there is news")
    WEEKLY = "weekly", _("on Mondays")


class MailChoice(models.Model):
    """How a person wants news by e-mail; without a row every day. `left_out`: groups of kinds that are not mailed."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.DAILY)
    left_out = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.rhythm}"


class DigestState(models.TextChoices):
    """WAITING until `next_at`; SENDING while a worker talks to the server, and for ever if it dies meanwhile."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    NOTHING = "nothing"
    FAILED = "failed"
    UNSURE = "unsure"
    OVERTAKEN = "overtaken"


class Digest(models.Model):
    """The one mail of a person on one day: the unread notices with ids above `after` up to `upto`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", db_index=False)
    on = models.DateField()
    after = models.BigIntegerField(default=0)
    upto = models.BigIntegerField()
    state = models.CharField(max_length=9, choices=DigestState.choices, default=DigestState.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    count = models.IntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "on"], name="one_digest_a_day")]
        indexes = [models.Index(fields=["state", "next_at"], name="digest_state")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.on} {self.state}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar; only the SHA-256 of its token is kept."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}"

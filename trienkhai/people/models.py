"""The account of a person, the one-time links by which it is entered, and attempts that failed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.common.folding import fold, sort_key, squeeze


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """Store an account; without a password it cannot sign in."""
        account = self.model(username=username.lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def create_many(self, names: Mapping[str, str], batch_size: int) -> dict[str, int]:
        """Store accounts that cannot sign in, by user name, with their full names; returns their ids. In bulk."""
        made = [self.model(username=username.lower(), name=name) for username, name in names.items()]
        for account in made:
            account.set_unusable_password()
            account.prepare()
        self.bulk_create(made, batch_size=batch_size)
        return {account.username: account.pk for account in made}


class Account(AbstractBaseUser):
    """One person. Names are stored in NFC with a key to sort by and a folded form to search."""

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name = models.CharField(_("Full name"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = models.CharField(max_length=250, editable=False)
    email = models.EmailField(_("E-mail"), blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        constraints = [models.CheckConstraint(condition=~models.Q(username=""), name="account_has_user_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill the derived columns; bulk writers call it before `bulk_create`."""
        self.name = squeeze(self.name)
        self.sort_key = sort_key(given_name_first(self.name))
        self.search_text = fold(f"{self.name} {self.username}")


class LinkQuerySet(models.QuerySet["AccessLink"]):
    def open(self, at: datetime) -> "LinkQuerySet":
        """Those that still let someone in at that moment."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)


class AccessLink(models.Model):
    """A link that lets its holder choose the account's password, once. Only the SHA-256 of its token is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="link_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.made_at}"


class Attempt(models.Model):
    """Attempts in a row that did not succeed; `key` is a digest of what was tried and from where."""

    key = models.CharField(max_length=64, unique=True)
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    free_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="attempt_last")]

    def __str__(self) -> str:
        return f"{self.count}"


def given_name_first(name: str) -> str:
    """'Trần Thị Lan' → 'Lan Trần Thị': lists of Vietnamese names are ordered by the given name, which stands last."""
    words = name.split()
    return " ".join(words[-1:] + words[:-1])

"""Notices."""

from django.db import models
from django.db.models import Q

from trienkhai.orgs.models import Post


class Notice(models.Model):
    """`kind` names the sentence (see `wording`), `params` fills it, `url` is where it leads. Written with its act."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    act = models.BigIntegerField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post", "at"], name="notice_post")]
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="notice_has_kind")]

    def __str__(self) -> str:
        return self.kind

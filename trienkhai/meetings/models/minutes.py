"""The minutes: passages that several people write at once, what was put aside, corrections after the end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from trienkhai.meetings.models.meeting import Meeting


class Passage(models.Model):
    """One part of the minutes. `key`: `opening`, `closing` or `item-` and the id of the item. `revision` grows with
    each stored text."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="passages", db_index=False)
    key = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    revision = models.IntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="one_passage_per_key")]

    def __str__(self) -> str:
        return self.key


class PassageVersion(models.Model):
    """A text of a passage as one person stored it; never changed."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="versions", db_index=False)
    revision = models.IntegerField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "revision"], name="one_passage_version_per_number")]

    def __str__(self) -> str:
        return f"{self.passage} {self.revision}"


class Aside(models.Model):
    """What a person typed while somebody else stored another text: kept until that person says whose words stand."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="asides", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["passage", "by"], name="one_aside_per_person")]

    def __str__(self) -> str:
        return f"{self.passage} {self.by_id}"


class Correction(models.Model):
    """What is put right after the minutes were closed; stands beside them, the minutes themselves never change."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    text = models.TextField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(reason=""), name="correction_has_words_and_reason")
        ]

    def __str__(self) -> str:
        return self.reason

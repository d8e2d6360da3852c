"""The only source of now and today.

A demo database stores its own *today*; every other database refuses that setting. Rules, queries and actions never ask
the clock: they take `on=` and `at=`; views, jobs and commands ask here and pass the answer on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from trienkhai.common.models import Installation

_read: ContextVar[list[date | None] | None] = ContextVar("demo_day_read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it the demo's day is read once, when first asked for: a page asks some fifteen times.

    What was read is forgotten at the end, whatever happens, and is never seen by another thread.
    """
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def demo_today() -> date | None:
    """The day a demo database plays on; None on every other database. One query, within `reading_once` at most one."""
    read = _read.get()
    if read is None:
        return _stored_day()
    if not read:
        read.append(_stored_day())
    return read[0]


def _stored_day() -> date | None:
    return Installation.objects.filter(pk=1, is_demo=True).values_list("demo_today", flat=True).first()


def now() -> datetime:
    """The present moment; in a demo the present time of day on the demo's own day."""
    real = timezone.now()
    day = demo_today()
    if day is None:
        return real
    return timezone.make_aware(datetime.combine(day, timezone.localtime(real).time()))


def today() -> date:
    return demo_today() or timezone.localdate()


def day_of(at: datetime) -> date:
    """The local day of a moment (Asia/Ho_Chi_Minh unless set otherwise)."""
    return timezone.localtime(at).date()


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def set_demo_today(day: date) -> None:
    """Set the day a demo plays on. Raises ValidationError on a database that is not a demo."""
    changed = Installation.objects.filter(pk=1, is_demo=True).update(demo_today=day)
    if not changed:
        raise ValidationError(_("Only a demo database has a day of its own."))
    if (read := _read.get()) is not None:
        read.clear()

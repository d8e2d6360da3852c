"""A person's due days as an iCalendar file. Plain values in, bytes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Trien Khai//notices//VI"


@dataclass(frozen=True)
class Entry:
    """What a later area puts into the slot `notices.calendar`, as a list: one day with what is due.

    uid: the same for the same thing at every reading. changed_on: the day it last changed.
    """

    uid: str
    day: date
    title: str
    url: str = ""
    changed_on: date = date(2000, 1, 1)


def calendar_of(name: str, entries: Sequence[Entry], site: str) -> bytes:
    """The same entries make the same bytes, so that a reader who has them gets nothing again."""
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        calendar.add(key, value)
    for entry in sorted(entries, key=lambda one: (one.day, one.uid)):
        event = Event()
        event.add("uid", f"{entry.uid}@trienkhai")
        event.add("dtstamp", datetime.combine(entry.changed_on, time(), tzinfo=UTC))
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("transp", "TRANSPARENT")
        if entry.url and site:
            event.add("url", site + entry.url)
        calendar.add_component(event)
    return calendar.to_ical()

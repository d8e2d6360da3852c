"""Everything that changes notices: writing and reading them (`telling`), digests by e-mail (`mailing`), what a person
chooses (`choosing`).
"""

from trienkhai.notices.actions.choosing import make_feed, revoke_feed, set_choice, unsubscribe
from trienkhai.notices.actions.mailing import plan_digests, send_next
from trienkhai.notices.actions.telling import (
    day_sql,
    json_object_sql,
    mark_read,
    stored,
    take_back,
    take_back_leading_to,
    tell,
    tell_each,
    tell_people,
    tell_posts,
    tell_selected,
    tell_units,
)

__all__ = [
    "day_sql",
    "json_object_sql",
    "make_feed",
    "mark_read",
    "plan_digests",
    "revoke_feed",
    "send_next",
    "set_choice",
    "stored",
    "take_back",
    "take_back_leading_to",
    "tell",
    "tell_each",
    "tell_people",
    "tell_posts",
    "tell_selected",
    "tell_units",
    "unsubscribe",
]

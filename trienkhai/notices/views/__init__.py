from trienkhai.notices.views.inbox import follow, inbox, read_all
from trienkhai.notices.views.leaving import calendar, unsubscribe
from trienkhai.notices.views.settings import settings

__all__ = ["calendar", "follow", "inbox", "read_all", "settings", "unsubscribe"]

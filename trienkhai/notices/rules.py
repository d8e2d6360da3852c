"""Who reads which notices."""

from datetime import date

from django.db.models import Q, QuerySet

from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding
from trienkhai.people.models import Account


def visible_notices(account: Account, on: date) -> QuerySet[Notice]:
    """Notices to the posts the person holds that day, and those to the person. One query beforehand, for the posts:
    with their ids at hand both halves are read by index."""
    posts = list(Holding.objects.on(on).filter(account=account).values_list("post", flat=True))
    return Notice.objects.filter(Q(post__in=posts, account=None) | Q(account=account))

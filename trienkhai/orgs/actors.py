"""A holding turned into the plain values an act keeps."""

from django.conf import settings
from django.utils.translation import override

from trienkhai.audit.actions import Actor
from trienkhai.orgs.models import Holding, Manner
from trienkhai.people.models import Account


def actor(account: Account, holding: Holding | None = None) -> Actor:
    """Who acts: the account, the post it acts by, and the principal when it is a delegate."""
    if holding is None:
        return Actor(account_id=account.pk, name=account.name)
    principal = holding.principal
    return Actor(
        account_id=account.pk,
        name=account.name,
        holding_id=holding.pk,
        post_label=f"{_title(holding)}, {holding.post.unit.name}"[:300],
        principal=f"{principal.account.name} – {principal.post.title}"[:300] if principal else "",
        unit_path=holding.post.unit.path or "",
    )


def _title(holding: Holding) -> str:
    """The post as papers write it, with the manner of one who does not hold it in full: quyền Bí thư."""
    if holding.manner not in (Manner.ACTING, Manner.CHARGE):
        return holding.post.title
    with override(settings.LANGUAGE_CODE):
        return f"{Manner(holding.manner).label} {holding.post.title}"

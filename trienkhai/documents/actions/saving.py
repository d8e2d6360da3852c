"""The searches a person keeps: a matter of its own, of which the log of acts knows nothing."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.folding import squeeze
from trienkhai.documents.models import SavedSearch
from trienkhai.people.models import Account

MOST, LONGEST_NAME, LONGEST_ADDRESS = 20, 80, 1000


@transaction.atomic
def save_search(name: str, address: str, *, by: Account, at: datetime) -> SavedSearch:
    """Keep a search under a name; the same name again stands for the new one.

    address: the query string of the list. Raises ValidationError for an empty name or search, one that is too long, or
    one more than twenty.
    """
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    name = squeeze(name)
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError({"name": _("Give it a name of at most 80 letters.")})
    if not address:
        raise ValidationError(_("There is nothing to keep: type words or choose a filter first."))
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(_("This search is too long to be kept."))
    kept = SavedSearch.objects.filter(account=by)
    if kept.exclude(name=name).count() >= MOST:
        raise ValidationError(_("You keep %(most)s searches already; remove one first.") % {"most": MOST})
    saved, _new = kept.update_or_create(
        name=name,
        defaults={"address": address, "created_at": at},
        create_defaults={"account": by, "address": address, "created_at": at},
    )
    return saved


def remove_saved_search(pk: int, *, by: Account) -> None:
    """Of the person's own ones alone; one that is gone already is no fault."""
    SavedSearch.objects.filter(pk=pk, account=by).delete()

"""Nhận tin: e-mail and calendar of the person signed in."""

from django.conf import settings as site
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.notices.actions import make_feed, revoke_feed, set_choice
from trienkhai.notices.forms import AddressForm, ChoiceForm
from trienkhai.notices.models import CalendarFeed, MailChoice, Rhythm
from trienkhai.notices.wording import GROUPS, OTHER
from trienkhai.people.actions import change_address
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The address, the choice of mails, the calendar's address: a form each, `do` says which was sent.

    A new calendar address is shown in the answer itself and never again.
    """
    account, now = account_of(request), clock.now()
    do = request.POST.get("do", "")
    address = AddressForm(request.POST if do == "address" else None, initial={"email": account.email})
    choice = ChoiceForm(request.POST if do == "choice" else None, initial=_chosen(account))
    token = ""
    if do == "address" and address.is_valid():
        change_address(account.pk, address.cleaned_data["email"], at=now)
        messages.success(request, _("The address is stored."))
        return go(request, "notices:settings")
    if do == "choice" and choice.is_valid():
        set_choice(account, rhythm=choice.cleaned_data["rhythm"], left_out=choice.left_out(), at=now)
        messages.success(request, _("Your choice is stored."))
        return go(request, "notices:settings")
    if do == "revoke" and revoke_feed(account, at=now):
        messages.success(request, _("The calendar's address no longer works."))
        return go(request, "notices:settings")
    if do == "calendar":
        token = make_feed(account, at=now)
    root = site.SITE_URL or f"{request.scheme}://{request.get_host()}"
    context = {
        "address": address,
        "choice": choice,
        "mail_on": site.MAIL,
        "feed": CalendarFeed.objects.filter(account=account).first(),
        "feed_url": root + reverse("notices:calendar", args=[token]) if token else "",
    }
    return page(request, "notices/settings.html", context, status=422 if address.errors or choice.errors else 200)


def _chosen(account: Account) -> dict[str, object]:
    row = MailChoice.objects.filter(account=account).first()
    left_out = row.left_out if row else []
    kinds = [name for name in (*GROUPS, OTHER) if name not in left_out]
    return {"rhythm": row.rhythm if row else Rhythm.DAILY, "kinds": kinds}

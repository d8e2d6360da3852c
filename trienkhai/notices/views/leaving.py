"""What is reached by a secret address alone, without signing in: the calendar, and leaving the mails."""

import hashlib

from django.conf import settings as site
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.notices import actions
from trienkhai.notices.actions.choosing import account_of_token, hash_of
from trienkhai.notices.calendar import calendar_of
from trienkhai.notices.models import CalendarFeed, MailChoice, Rhythm


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The due days of whoever made this address, as that person may see them now; 404 for any other address."""
    feeds = CalendarFeed.objects.filter(account__is_active=True).select_related("account")
    account = get_object_or_404(feeds, token_hash=hash_of(token)).account
    with translation.override(account.language):
        entries = [entry for part in slots.parts("notices.calendar", request, account) for entry in part]
        content = calendar_of(_("Due days of %(name)s") % {"name": account.name}, entries, site.SITE_URL)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=0"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@csrf_exempt  # the signed address is the authority; programs of mail send the POST by themselves (RFC 8058)
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, and on POST ends the mails to the account of the link."""
    account = account_of_token(token)
    if account is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(account, at=clock.now())
    done = MailChoice.objects.filter(account=account, rhythm=Rhythm.NONE).exists()
    return page(request, "notices/unsubscribe.html", {"done": done, "address": account.email})

"""The agenda: items and the papers of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.meetings import actions, rules
from trienkhai.meetings.forms import ItemForm, PaperForm
from trienkhai.meetings.models import AgendaItem, Paper
from trienkhai.meetings.views.common import act_and_return, answer, seen_meeting
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The items as they stand, and one more."""
    found = seen_meeting(request, pk, rules.can_set_agenda)
    form = ItemForm(request.POST or None)

    def act() -> None:
        actions.add_item(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    items = found.items.prefetch_related("papers__document").order_by("position")
    return answer(request, "agenda", form, found, act, to="meetings:agenda", items=items)


@require_POST
def agenda_take(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_meeting(request, pk, rules.can_set_agenda)

    def act() -> None:
        actions.take_agenda(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The usual items are there."), "meetings:agenda")


@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(AgendaItem, pk=pk)
    found = seen_meeting(request, item.meeting_id, rules.can_set_agenda)

    def act() -> None:
        actions.remove_item(item.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The item was left out."), "meetings:agenda")


@require_http_methods(["GET", "POST"])
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a document of the system before the meeting with an item."""
    item = get_object_or_404(AgendaItem, pk=pk)
    found = seen_meeting(request, item.meeting_id, rules.can_set_agenda)
    form = PaperForm(request.POST or None, account=account_of(request), on=clock.today())

    def act() -> None:
        actions.add_paper(item.pk, form.cleaned_data["document"], by=account_of(request), at=clock.now())

    return answer(request, "paper_form", form, found, act, to="meetings:agenda", item=item)


@require_POST
def paper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.select_related("item"), pk=pk)
    found = seen_meeting(request, paper.item.meeting_id, rules.can_set_agenda)

    def act() -> None:
        actions.remove_paper(paper.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The paper was taken back."), "meetings:agenda")

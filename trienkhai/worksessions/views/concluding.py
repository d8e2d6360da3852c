"""What is concluded, the end of the session, the notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go
from trienkhai.people.requests import account_of
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.forms import ConclusionForm
from trienkhai.worksessions.models import Conclusion
from trienkhai.worksessions.views.common import act_and_return, answer, seen_session


@require_http_methods(["GET", "POST"])
def conclusion_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_session(request, pk, rules.can_conclude)
    form = ConclusionForm(request.POST or None, session=found, on=clock.today(), initial={"lead": found.unit})

    def act() -> None:
        actions.add_conclusion(found.pk, **form.cleaned_data, by=account_of(request), at=clock.now())

    return answer(request, "conclusion", form, found, act)


@require_POST
def conclusion_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Conclusion, pk=pk)
    found = seen_session(request, row.session_id, rules.can_conclude)

    def act() -> None:
        actions.remove_conclusion(row.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The conclusion was taken back."))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_session(request, pk)

    def act() -> None:
        actions.end_session(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, found, act, _("The working session is ended."))


@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of the notice; opens in the editor of drafts."""
    found = seen_session(request, pk)
    draft = actions.draft_notice(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The notice is drafted; read it through, then issue it like any draft."))
    return go(request, "documents:draft", draft.pk)

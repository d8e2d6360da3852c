"""What a unit that is asked says of each clause, and the answer of the unit that asks."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.feedback import actions
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.forms_consulting import OpinionsForm, ReplyToOpinionForm
from trienkhai.feedback.models import Asked, Consultation
from trienkhai.feedback.views.tabs import crumb, faults_into, retype
from trienkhai.people.requests import account_of


def _crumbs(consultation: Consultation) -> list[dict[str, str]]:
    url = reverse("feedback:consultation", args=[consultation.pk])
    return [crumb("consultations"), {"label": consultation.title, "url": url}]


@require_http_methods(["GET", "POST"])
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """Store for later, or send; what was typed comes back where another person was faster."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_asked(account, on).select_related("unit__present", "consultation__unit__present")
    asked: Asked = get_object_or_404(rows, pk=pk)
    rules.can_opine(account, asked, on).require()
    passages = list(asked.consultation.passages.order_by("position"))
    stored = {row.passage_id: row for row in asked.opinions.all()}
    form = OpinionsForm(request.POST or None, passages=passages, stored=stored, initial={"base": asked.version})
    if request.method == "POST" and form.is_valid():
        sends = "send" in request.POST
        given = actions.Opinions(form.said(), form.cleaned_data["base"])
        try:
            actions.store_opinions(asked.pk, given, send=sends, by=account, at=clock.now())
        except ValidationError as fault:
            _show(form, fault, asked)
        else:
            said = _("The opinions have been sent.") if sends else _("Stored; they are not sent yet.")
            messages.success(request, said)
            to = ("feedback:consultation", asked.consultation_id) if sends else ("feedback:opinions", asked.pk)
            return go(request, *to)
    context = {
        "form": form,
        "asked": asked,
        "consultation": asked.consultation,
        "late": asked.consultation.due_on < on,
        "crumbs": _crumbs(asked.consultation),
    }
    return page(request, "feedback/consultations/opinions.html", context, status=422 if form.errors else 200)


def _show(form: OpinionsForm, fault: ValidationError, asked: Asked) -> None:
    """Beside the clause; after an overtaking the next sending goes from the version that stands now."""
    if hasattr(fault, "error_dict"):
        for name, sentences in fault.error_dict.items():
            form.add_error(name.replace("said_", "wording_"), sentences)
        return
    form.add_error(None, fault)
    if getattr(fault, "code", "") == "overtaken":
        again = _("Look at what stands now in another window; storing again puts your words in its place.")
        form.add_error(None, again)
        retype(form, base=str(asked.version))


@require_http_methods(["GET", "POST"])
def opinion_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken, in part or not, with the explanation that goes into the table."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_opinions(account, on)
    related = ("passage", "asked__unit__present", "asked__consultation__unit__present")
    found = get_object_or_404(rows.select_related(*related), pk=pk)
    rules.can_reply(account, found, on).require()
    before = {"reply": found.reply, "reason": found.reply_reason}
    form = ReplyToOpinionForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.reply(found.pk, values["reply"], values["reason"], by=account, at=clock.now())
        except ValidationError as fault:
            faults_into(form, fault, ("reply", "reason"))
        else:
            messages.success(request, _("The answer stands in the table."))
            return go(request, "feedback:consultation", found.asked.consultation_id)
    context = {
        "form": form,
        "opinion": found,
        "back": reverse("feedback:consultation", args=[found.asked.consultation_id]),
        "crumbs": _crumbs(found.asked.consultation),
    }
    return page(request, "feedback/consultations/reply.html", context, status=422 if form.errors else 200)

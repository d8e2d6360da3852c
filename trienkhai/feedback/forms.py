"""What people write: proposals and answers, feedback by name and without."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trienkhai.documents.forms_words import WordsField
from trienkhai.feedback.models import Outcome, Proposal, Sort
from trienkhai.orgs.forms_choosing_unit import UnitField
from trienkhai.orgs.models import Post, Unit
from trienkhai.people.models import Account
from trienkhai.tasks.forms_coordinating import DocumentChoice, documents_seen

LONGEST = 10000
OUTCOMES = [(name, label) for name, label in Outcome.choices if name != Outcome.WITHDRAWN]


def _text(label: Any, *, rows: int = 6, help_text: Any = "") -> WordsField:
    """A free text; a mark of secrecy standing alone in it is refused."""
    widget = forms.Textarea(attrs={"rows": rows})
    return WordsField(label=label, max_length=LONGEST, widget=widget, help_text=help_text)


class ProposalForm(forms.Form):
    """In whose name, to which unit, and what."""

    sender = forms.ChoiceField(label=gettext_lazy("In the name of"))
    to = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int)
    sort = forms.ChoiceField(
        label=pgettext_lazy("proposal", "What it is"),
        choices=Sort.choices,
        initial=Sort.PROPOSAL,
        widget=forms.RadioSelect,
    )
    title = WordsField(label=gettext_lazy("Subject"), max_length=300)
    text = _text(gettext_lazy("What is proposed, on what ground"), rows=8)

    def __init__(self, *args: Any, senders: Sequence[tuple[str, str]], targets: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["sender"].choices = senders
        fields["to"].choices = [(unit.pk, unit.name) for unit in targets]


class PassOnForm(forms.Form):
    to = UnitField(label=gettext_lazy("To which unit"))
    reason = WordsField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The proposer reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, proposal: Proposal, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].limit(on=on, external=False, apart=(proposal.held_by_id,))


class AnswerForm(forms.Form):
    """Taken or not, why, and what comes of it."""

    outcome = forms.ChoiceField(label=gettext_lazy("Answer"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = _text(gettext_lazy("Reason, and what will be done"), help_text=gettext_lazy("The proposer reads it."))
    document = DocumentChoice(
        label=gettext_lazy("Document that carries it"), required=False, empty_label=gettext_lazy("none")
    )
    as_task = forms.BooleanField(label=gettext_lazy("Prepare a task of this document from it at once"), required=False)

    def __init__(self, *args: Any, account: Account, on: date, may_prepare: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = documents_seen(account, on)
        if not may_prepare:
            del fields["as_task"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("as_task") and not values.get("document"):
            self.add_error("document", _("A task comes from a document: choose the one that gives it."))
        return values


class WantedForm(forms.Form):
    """The filters of the list of proposals; names as in the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_of: tuple[str, Any] = ("", _("all"))
        states = [("cho", _("waiting")), ("tre", _("late")), ("da-tra-loi", _("answered")), ("rut", _("withdrawn"))]
        choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
            "vai": (_("Whose"), [("nhan", _("for my unit to answer")), ("cua-toi", _("of mine or my unit"))]),
            "trang-thai": (_("State"), states),
            "ket-qua": (_("Answer"), OUTCOMES),
            "loai": (pgettext_lazy("proposal", "What it is"), list(Sort.choices)),
        }
        self.fields["q"] = forms.CharField(label=_("Words of the subject"), required=False)
        for name, (label, listed) in choices.items():
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[all_of, *listed])


class RemarkForm(forms.Form):
    """Feedback by name."""

    to = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int)
    about = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Does it criticise a person?"),
        required=False,
        empty_label=gettext_lazy("no, it is about work"),
        help_text=gettext_lazy("That person will neither read nor answer it; it goes to a level above where needed."),
    )
    text = _text(gettext_lazy("Your feedback"), rows=8)

    def __init__(self, *args: Any, targets: Sequence[Unit], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to"].choices = [(unit.pk, unit.name) for unit in targets]
        fields["about"].queryset = people


class ReplyForm(forms.Form):
    text = _text(gettext_lazy("Answer"))


class PostsForm(forms.Form):
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Posts that receive feedback"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody else reads it. Without any post the unit takes no new feedback."),
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["posts"].queryset = posts


class _ProvenForm(forms.Form):
    """With the answer to the sum against floods, found by the browser, or by hand without JavaScript."""

    challenge = forms.CharField(widget=forms.HiddenInput, max_length=200)
    number = forms.CharField(label=gettext_lazy("Result of the sum"), max_length=20)


class LetterForm(_ProvenForm):
    unit = forms.TypedChoiceField(
        label=gettext_lazy("To which unit"),
        coerce=int,
        help_text=gettext_lazy(
            "Posts named for it there read and answer it. If you criticise somebody who leads or may read it there, "
            "choose a unit above: no program can see whom your words mean."
        ),
    )
    text = _text(
        gettext_lazy("Your feedback"),
        rows=8,
        help_text=gettext_lazy("Leave out what only you can know, if it would tell who you are."),
    )
    file = forms.FileField(label=gettext_lazy("A file"), required=False)
    field_order = ["unit", "text", "file", "number", "challenge"]

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]


class ReceiptForm(_ProvenForm):
    code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["code", "number", "challenge"]

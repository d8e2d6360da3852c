"""What a person chooses: the address, how often and of what there is mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trienkhai.notices.models import Rhythm
from trienkhai.notices.wording import GROUPS, OTHER, OTHER_WORDS


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254, help_text=_("Empty: no mail goes to you.")
    )


class ChoiceForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("E-mail"), choices=Rhythm.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("Of what"),
        choices=[*((name, words) for name, (words, _starts) in GROUPS.items()), (OTHER, OTHER_WORDS)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def left_out(self) -> list[str]:
        """The groups that are not ticked."""
        field: Any = self.fields["kinds"]
        return [name for name, _words in field.choices if name not in self.cleaned_data["kinds"]]

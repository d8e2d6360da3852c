"""A field for free text, in which a mark of secrecy is refused: the text is not stored, sent back or kept anywhere."""

from typing import Any

from django import forms

from trienkhai.documents.marks import fault_of, refuse_mark


class _BoundWords(forms.BoundField):
    """Empty on the page that says why, with a sign to the browser to forget what it kept of the form."""

    @property
    def is_marked(self) -> bool:
        return self.form.is_bound and bool(fault_of(str(super().value() or "")))

    def value(self) -> Any:
        return "" if self.is_marked else super().value()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = dict(super().build_widget_attrs(attrs, widget))
        return built | {"data-unkept": True} if self.is_marked else built


class WordsField(forms.CharField):
    default_validators = [refuse_mark]

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        return _BoundWords(form, self, field_name)

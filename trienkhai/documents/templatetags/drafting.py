"""The look of a line of an official paper as classes of the page's style sheet."""

from django import template

from trienkhai.documents.layouts.spec import LineSpec

register = template.Library()
LOOKS = ("bold", "italic", "underline", "boxed")


@register.filter
def look_classes(look: LineSpec) -> str:
    """ "s14 bold": the size and what else the line is."""
    return " ".join([f"s{round(look.size)}", *(name for name in LOOKS if getattr(look, name))])

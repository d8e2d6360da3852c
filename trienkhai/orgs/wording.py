"""Acts on posts, courses and numbers of members in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "post.changed": gettext_lazy("changed the post"),
    "post.abolished": gettext_lazy("abolished the post"),
    "post.handed_over": gettext_lazy("handed the post over"),
    "post.delegation_ended": gettext_lazy("ended the deputy's right to the post"),
    "training.added": gettext_lazy("kept a course taken by"),
    "training.removed": gettext_lazy("took away a course of"),
    "training.read": gettext_lazy("looked at the courses taken by"),
    "members.told": gettext_lazy("told the numbers of members of"),
}

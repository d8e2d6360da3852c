"""What each act on accounts and reviews of rights says in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "account.created": gettext_lazy("opened an account"),
    "account.invited": gettext_lazy("invited a person and opened an account"),
    "account.invitation_withdrawn": gettext_lazy("withdrew the invitation"),
    "account.link_given": gettext_lazy("made a one-time link of the account"),
    "account.password_reset": gettext_lazy("ended the account's password and made a one-time link"),
    "account.password_chosen": gettext_lazy("chose a password with the one-time link"),
    "account.opened": gettext_lazy("opened the closed account again"),
    "account.changed": gettext_lazy("changed the account"),
    "account.closed": gettext_lazy("closed the account"),
    "account.address_changed": gettext_lazy("changed the account's e-mail address"),
    "account.password_changed": gettext_lazy("changed the account's password"),
    "account.password_set": gettext_lazy("set the account's password"),
    "review.opened": gettext_lazy("opened the yearly review of rights"),
    "review.confirmed": gettext_lazy("confirmed rights in the review"),
    "review.ended": gettext_lazy("ended rights in the review"),
    "review.changed": gettext_lazy("set an end to rights in the review"),
    "review.closed": gettext_lazy("closed the review of rights"),
}

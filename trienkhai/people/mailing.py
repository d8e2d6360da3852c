"""One-time links sent by e-mail, where mail is set up."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from trienkhai.people.models import Account

logger = logging.getLogger(__name__)
Letter = tuple[Account, str, datetime]
"""Whom it goes to, the address that lets in, until when."""


def send_links(letters: Sequence[Letter]) -> set[int]:
    """Send each its mail; the ids of the accounts whose mail the server took. Nobody without an address gets one.

    Sent at once, never later: the address is stored nowhere. What is not taken is handed over on paper.
    """
    wanted = [letter for letter in letters if letter[0].email]
    if not settings.MAIL or not wanted:
        return set()
    server, sent = get_connection(), set[int]()
    try:
        server.open()
        for account, address, until in wanted:
            try:
                sent.update({account.pk} if server.send_messages([message_of(account, address, until)]) else ())
            except smtplib.SMTPResponseException as fault:
                logger.warning("a link for account %s was not taken: %s", account.pk, fault.smtp_code)
            except smtplib.SMTPRecipientsRefused:
                logger.warning("a link for account %s was not taken", account.pk)
    except (OSError, smtplib.SMTPException) as fault:
        logger.warning("the mail server does not answer: %s", type(fault).__name__)
    finally:
        server.close()
    return sent


def message_of(account: Account, address: str, until: datetime) -> EmailMessage:
    with translation.override(account.language):
        context = {"account": account, "address": address, "until": until}
        return EmailMessage(
            _("Triển Khai: your account"),
            render_to_string("people/link_mail.txt", context),
            to=[account.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

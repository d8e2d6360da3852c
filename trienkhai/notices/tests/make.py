"""A real SMTP server on a free port, and people who get mail."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.people.models import Account


class Postman:
    """Keeps what arrives; says `answer` instead of taking it when one is set."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer:
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def mail_server(settings: Any) -> Iterator[Postman]:
    """Django's settings lead to a server that is really there, as long as the block lasts."""
    postman = Postman()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "trienkhai@example.vn", "https://trienkhai.example.vn"
        settings.MAIL = True
        yield postman
    finally:
        controller.stop()


def make_reader(unit: Unit, role: str = Role.FOCAL, **fields: Any) -> Account:
    person = make_holder(unit, role)
    for name, value in ({"email": f"{person.username}@example.vn"} | fields).items():
        setattr(person, name, value)
    person.save()
    return person


def told(unit: Unit, *titles: str, kind: str = "report_approved", at: Any = NOON) -> None:
    for title in titles:
        tell(unit.pk, [Role.FOCAL], kind, url="/nhiem-vu/1", at=at, task=title, text="lời riêng", due="30/06/2017")

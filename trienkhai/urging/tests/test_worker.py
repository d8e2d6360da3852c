"""The worker and the command: what is due is urged, and mailed, by themselves."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.utils import timezone

from trienkhai.cli.running import do_due, send_next_mail, urge_command
from trienkhai.common.models import Installation
from trienkhai.notices.models import Notice
from trienkhai.notices.tests.make import mail_server
from trienkhai.tasks.tests.make import Cast, make_issue
from trienkhai.urging.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 6, 27)})
    made = Cast()
    make_issue(made)
    return made


@pytest.mark.django_db(transaction=True)
def test_worker_urges_and_mails_once_a_day(cast, settings):
    lan = cast.focal[cast.tree.north1.pk]
    lan.email = "lan@example.vn"
    lan.save()
    settings.MAIL_HOUR = timezone.localtime().hour
    with mail_server(settings) as post:
        for _turn in range(2):
            do_due()
            while send_next_mail():
                pass

    assert Run.objects.count() == 1
    assert Notice.objects.filter(kind="urge_holder").count() == len(cast.tree.grassroots)
    assert [mail["To"] for mail in post.mails] == ["lan@example.vn"]
    assert "Việc 1" in post.mails[0].get_body(("plain",)).get_content()


def test_command_urges_once(cast):
    first, second = (CliRunner().invoke(urge_command, catch_exceptions=False) for _turn in range(2))

    assert "Đã đôn đốc 10 lượt" in first.output
    assert "đã đôn đốc rồi" in second.output

"""What `trienkhai check` says of norms, of the ladder's runs and of mails."""

from datetime import date

import pytest
from django.utils import translation

from trienkhai.common.clock import moment
from trienkhai.dashboards.verification import check_site
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Digest
from trienkhai.orgs.tests.make import make_account
from trienkhai.urging.models import Run

pytestmark = pytest.mark.django_db
MONDAY = date(2017, 7, 10)


def found(on: date = MONDAY) -> list[str]:
    with translation.override("en"):
        return [sentence for sentence in check_site(on) if "stored file" not in sentence]


def test_norm_that_cannot_be_used_is_named():
    value = {"once": [{"days": -2, "to": "head"}, {"days": 1, "to": "head"}, {"days": 1, "to": "head"}]}
    Norm.objects.create(
        key="urging.ladder", place="00000001", valid_from=date(2017, 1, 1), value=value, source="x", grade="L"
    )

    sentences = found()

    assert len(sentences) == 2
    assert "Norm urging.ladder from 01/01/2017, place “00000001”: Before the due day only the holder" in sentences[0]
    assert "stands twice" in sentences[1]


def test_ladder_that_stood_still_for_more_than_a_day_is_named():
    Run.objects.create(on=date(2017, 7, 7), at=moment(date(2017, 7, 7)))

    assert found(MONDAY) == []
    assert "last ran on 07/07/2017" in found(date(2017, 7, 11))[0]


def test_mails_that_did_not_go_are_named_and_shown_in_the_health_of_the_site(client):
    for state, tries in (("failed", 6), ("unsure", 1), ("waiting", 2), ("sent", 1), ("waiting", 0)):
        Digest.objects.create(
            account=make_account(), on=MONDAY, upto=1, state=state, tries=tries, next_at=moment(MONDAY)
        )

    sentences = found(date(2017, 7, 12))

    assert [sentence.split()[0] for sentence in sentences] == ["1", "1", "1"]
    assert client.get("/suc-khoe").content == b"ok"  # today none of them is a week old
    Digest.objects.update(on=date.today())
    assert client.get("/suc-khoe").content == b"ok\nmail: failed 1, unsure 1, again 1"

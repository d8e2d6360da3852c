"""Recording acts and erasing a personal value."""

import pytest

from trienkhai.audit.actions import SYSTEM, erase_personal, personal_digest, record
from trienkhai.audit.chain import canonical
from trienkhai.audit.models import Act, ActDetail
from trienkhai.audit.tests.make import LAN, NOON, make_act
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


def test_act_keeps_plain_values_of_who_what_and_when():
    target = Account.objects.create_user("nguoi1", None, name="Người Một")

    act = record("account.created", target, by=LAN, at=NOON, old={"name": ""}, new={"name": "Người Một"})

    act.refresh_from_db()
    assert (act.verb, act.at, act.actor_id, act.actor_name) == ("account.created", NOON, 7, "Trần Thị Lan")
    assert (act.holding_id, act.post_label, act.unit_path) == (9, "Đầu mối, Chi bộ Một", "00000001")
    assert (act.target_type, act.target_id, act.target_label) == ("people.account", target.pk, "Người Một")
    assert act.data == {"old": {"name": ""}, "new": {"name": "Người Một"}}
    assert act.count == 1


def test_unit_path_of_the_act_may_be_another_than_the_actors():
    assert make_act(unit_path="0000000100000002").unit_path == "0000000100000002"
    assert make_act(unit_path="").unit_path == ""
    assert make_act(by=SYSTEM).unit_path == ""


def test_labels_and_selections_longer_than_their_columns_are_cut():
    act = make_act(label="x" * 500, selection="y" * 1500)

    act.refresh_from_db()
    assert (len(act.target_label), len(act.selection)) == (300, 1000)


def test_personal_value_lies_apart_with_its_salted_digest_in_the_act():
    act = make_act(personal={"phone": "0900 000 001"})

    detail = ActDetail.objects.get(act_id=act.pk)
    assert "0900" not in canonical(act)
    assert act.data == {"phone_digest": personal_digest("0900 000 001", detail.salt)}


def test_same_personal_value_has_another_digest_in_every_act():
    first, second = (make_act(personal={"phone": "0900 000 001"}) for _ in range(2))

    assert first.data != second.data


def test_erasing_a_personal_value_takes_value_and_salt_and_keeps_act_and_digest():
    act = make_act(personal={"phone": "0900 000 001", "email": "lan@example.vn"})
    digest = act.data["phone_digest"]

    erase_personal(act.pk, "phone", by=LAN, at=NOON)

    gone, kept = (ActDetail.objects.get(act_id=act.pk, key=key) for key in ("phone", "email"))
    assert (gone.value, gone.salt, gone.erased_at) == (None, None, NOON)
    assert kept.value == "lan@example.vn"
    assert Act.objects.get(pk=act.pk).data["phone_digest"] == digest
    erasure = Act.objects.get(verb="act.detail_erased")
    assert erasure.data == {"act": act.pk, "key": "phone"}

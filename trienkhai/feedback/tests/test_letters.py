"""Feedback without a name: laid by, released in a batch, answered, found by its code, and never sent in floods."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.verdict import Refused
from trienkhai.feedback import actions, rules
from trienkhai.feedback.actions.letters import Work
from trienkhai.feedback.models import Letter, PendingLetter, SpentProof
from trienkhai.feedback.queries.integrity import unreleased
from trienkhai.feedback.tests.make import DAY, House, easy, find, send, work
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def house() -> House:
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def test_a_letter_is_seen_by_nobody_before_its_day_is_over_and_then_by_the_named_post(house):
    before = Act.objects.count()
    code = send(house.tree.north)

    assert actions.release_letters(on=DAY) == 0 and Act.objects.count() == before
    assert not rules.visible_letters(house.officer, DAY).exists()
    assert isinstance(find(code), PendingLetter)
    assert actions.release_letters(on=NEXT) == 1

    seen = rules.visible_letters(house.officer, NEXT).get()
    assert (seen.text, seen.on) == ("Bếp ăn tập thể chưa bảo đảm.", DAY)
    assert not rules.visible_letters(house.leader, NEXT).exists()
    assert not rules.visible_letters(house.bloc_officer, NEXT).exists()
    assert Notice.objects.get(kind="letters_released").params == {"count": 1}
    assert find(code, on=NEXT) == seen and not PendingLetter.objects.exists()


def test_a_batch_is_one_act_for_each_unit_with_the_day_alone(house):
    for unit in (house.tree.north, house.tree.north, house.tree.bloc):
        send(unit)

    actions.release_letters(on=NEXT)

    acts = Act.objects.filter(verb="letters.released").order_by("unit_path")
    assert [(act.count, act.at, act.actor_id) for act in acts] == [
        (1, moment(NEXT, 0), None),
        (2, moment(NEXT, 0), None),
    ]


def test_letters_of_a_day_lose_their_order(house):
    written = [f"Góp ý {n:02}" for n in range(24)]
    for words in written:
        send(house.tree.north, words)

    actions.release_letters(on=NEXT)

    released = list(Letter.objects.order_by("pk").values_list("text", flat=True))
    assert sorted(released) == written and released != written


def test_released_twice_gives_no_second_letter(house):
    send(house.tree.north)
    actions.release_letters(on=NEXT)

    assert actions.release_letters(on=NEXT) == 0 and Letter.objects.count() == 1


def test_the_answer_is_read_by_the_code_alone(house):
    code = send(house.tree.north)
    actions.release_letters(on=NEXT)
    letter = Letter.objects.get()
    with pytest.raises(Refused):
        actions.answer_letter(letter.pk, "Đã rõ.", by=house.leader, at=at(8, 3))
    with pytest.raises(ValidationError):
        actions.answer_letter(letter.pk, "  ", by=house.officer, at=at(8, 3))
    actions.answer_letter(letter.pk, "Đã đổi nhà thầu.", by=house.officer, at=at(8, 3))
    with pytest.raises(Refused):
        actions.answer_letter(letter.pk, "Lại.", by=house.officer, at=at(8, 3))

    found = find(code.lower().replace("-", " "), on=date(2017, 3, 9))

    assert isinstance(found, Letter) and found.answer == "Đã đổi nhà thầu." and found.answered_on == date(2017, 3, 8)
    assert find("0000-0000-0000-0000") is None and find("đoán bừa") is None


def test_each_sending_and_each_guess_costs_a_proof_of_its_own(house):
    once, guess = work(), work("doc")
    actions.send_letter(house.tree.north, "Một", work=once, on=DAY)
    actions.find_by_receipt("0000-0000-0000-0000", work=guess, on=DAY)

    with pytest.raises(Refused):
        actions.send_letter(house.tree.north, "Hai", work=once, on=DAY)
    with pytest.raises(Refused):
        actions.find_by_receipt("0000-0000-0000-0001", work=guess, on=DAY)
    assert PendingLetter.objects.count() == 1


def test_without_a_right_proof_nothing_is_stored(house):
    sound = work(bits=30 - 26)
    hard = actions.letters.challenge_for("gui", 40, DAY)
    for wrong in (
        Work(sound.challenge, "x"),
        Work(hard, "1"),
        Work(sound.challenge + "0", sound.number),
        Work("", ""),
        Work("a.b.c.d.e", "1"),
        work("doc"),
        work(on=DAY - timedelta(days=2)),
    ):
        with pytest.raises(Refused):
            actions.send_letter(house.tree.north, "Một", work=wrong, on=DAY)
    assert not PendingLetter.objects.exists() and not SpentProof.objects.exists()


def test_used_proofs_are_forgotten_when_they_could_not_be_used_again(house):
    send(house.tree.north)
    actions.release_letters(on=DAY + timedelta(days=2))
    assert SpentProof.objects.count() == 1

    actions.release_letters(on=DAY + timedelta(days=3))

    assert not SpentProof.objects.exists()


def test_a_unit_without_a_named_post_and_a_time_without_a_norm_take_nothing(house):
    with pytest.raises(Refused):
        send(house.tree.south)
    Norm.objects.filter(key="feedback.unnamed").delete()
    with pytest.raises(Refused):
        send(house.tree.north)


def test_a_file_that_is_too_large_or_of_another_kind_is_refused_and_the_proof_stays_good(house):
    proven = work()
    for content in (b"PK\x03\x04", b"x" * (5 * 1024 * 1024 + 1)):
        with pytest.raises(ValidationError) as fault:
            actions.send_letter(house.tree.north, "Một", enclosed=content, work=proven, on=DAY)
        assert "file" in fault.value.message_dict
    with pytest.raises(ValidationError):
        actions.send_letter(house.tree.north, " ", work=proven, on=DAY)

    actions.send_letter(house.tree.north, "Một", enclosed="Kèm theo".encode(), work=proven, on=DAY)

    kept = PendingLetter.objects.get()
    assert (bytes(kept.enclosed), kept.enclosed_kind) == ("Kèm theo".encode(), "txt")


def test_the_check_names_letters_that_no_worker_has_handed_over(house):
    send(house.tree.north)

    assert unreleased(NEXT) == 0 and unreleased(NEXT + timedelta(days=1)) == 1

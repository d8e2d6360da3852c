"""The minutes: two who write, closing, correcting, sending up, who reads them."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions, rules
from trienkhai.meetings.actions import ClassTold
from trienkhai.meetings.models import Aside, Meeting, PassageVersion
from trienkhai.meetings.queries.integrity import altered_minutes
from trienkhai.meetings.tests.make import HELD, Cast, at
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import said

pytestmark = pytest.mark.django_db


def test_of_two_who_write_one_part_the_second_gets_both_texts_and_nothing_is_lost():
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Của bí thư")

    saved = cast.write(meeting, "Của phó bí thư", by=cast.leader)

    assert saved.conflicts == {"opening": ("Của phó bí thư", "Của bí thư")}
    assert Aside.objects.get().text == "Của phó bí thư"
    assert meeting.passages.get(key="opening").text == "Của bí thư"


@pytest.mark.parametrize(
    ("choice", "text"),
    [("mine", "Hai"), ("theirs", "Một"), ("both", "Một\n\nHai")],
)
def test_the_second_says_whose_words_stand(choice: str, text: str):
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Một")
    cast.write(meeting, "Hai", by=cast.leader)

    saved = cast.write(meeting, "Hai", by=cast.leader, decided={"opening": choice})

    assert not saved.conflicts and meeting.passages.get(key="opening").text == text
    assert not Aside.objects.exists()
    assert "Một" in PassageVersion.objects.values_list("text", flat=True)


def test_an_older_page_does_not_bring_back_what_another_changed():
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Đầu")
    cast.write(meeting, "Đầu, sửa", by=cast.leader, base=1)

    saved = cast.write(meeting, "Đầu", base=1)

    assert not saved.conflicts and meeting.passages.get(key="opening").text == "Đầu, sửa"


def test_the_base_moves_on_only_where_the_page_shows_what_is_stored():
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Đầu")
    cast.write(meeting, "Đầu, sửa", by=cast.leader, base=1)

    assert cast.write(meeting, "Đầu", base=1).current == set()
    assert cast.write(meeting, "Đầu, sửa", base=1).current == {"opening"}
    assert cast.write(meeting, "Đầu, sửa nữa", base=2).current == {"opening"}


def test_two_who_write_different_parts_do_not_meet():
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Khai mạc")

    saved = cast.write(meeting, "Bế mạc", key="closing", by=cast.leader)

    assert not saved.conflicts
    assert set(meeting.passages.exclude(text="").values_list("text", flat=True)) == {"Khai mạc", "Bế mạc"}


def test_a_mark_of_secrecy_is_not_stored_and_the_rest_is():
    cast = Cast()
    meeting = cast.begin()

    saved = cast.write(meeting, "TỐI MẬT\nNội dung")

    assert list(saved.faults) == ["opening"] and not PassageVersion.objects.exists()


def test_writing_leaves_one_act_a_person_however_often_it_is_stored():
    cast = Cast()
    meeting = cast.begin()
    for number in range(3):
        cast.write(meeting, f"Lần {number}", base=number)

    assert Act.objects.filter(verb="meeting.minutes_written").count() == 1


def test_closed_minutes_never_change_but_are_corrected_with_a_reason():
    cast = Cast()
    meeting = cast.held()

    for act in (
        lambda: cast.write(meeting, "Khác"),
        lambda: cast.vote(meeting, 1),
        lambda: cast.conclude(meeting),
        lambda: cast.tell(meeting),
        lambda: actions.add_item(meeting.pk, title="Thêm", by=cast.secretary, at=at(6)),
        lambda: actions.remove_conclusion(meeting.conclusions.get().pk, by=cast.secretary, at=at(6)),
        lambda: cast.close(meeting),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(ValidationError):
        actions.correct_minutes(meeting.pk, text="Đúng là 9", reason="", by=cast.secretary, at=at(6))
    actions.correct_minutes(meeting.pk, text="Đúng là 9", reason="Ghi nhầm", by=cast.secretary, at=at(6))

    assert list(altered_minutes()) == []
    meeting.passages.filter(key="opening").update(text="Sửa lén")
    assert list(altered_minutes()) == [meeting.pk]


def test_minutes_are_not_closed_while_two_texts_wait_or_nobody_came():
    cast = Cast()
    meeting = cast.begin()
    with pytest.raises(Refused, match=said("First tell who came.")):
        cast.close(meeting)
    cast.tell(meeting)
    cast.write(meeting, "Một")
    cast.write(meeting, "Hai", by=cast.leader)

    with pytest.raises(Refused):
        cast.close(meeting)
    with pytest.raises(ValidationError):
        cast.write(meeting, "Hai", by=cast.leader, decided={"opening": "both"})
        actions.close_minutes(meeting.pk, ended_at=at(5, 7), by=cast.secretary, at=at(5, 11))


@pytest.mark.parametrize(
    ("choice", "text"),
    [("mine", "Hai"), ("theirs", "Một"), ("both", "Một\n\nHai")],
)
def test_whoever_closes_settles_a_text_whose_writer_does_not(choice: str, text: str):
    cast = Cast()
    meeting = cast.tell(cast.begin())
    cast.write(meeting, "Một")
    cast.write(meeting, "Hai", by=cast.leader)
    clerk = make_holder(cast.cell, Role.CLERK)
    aside = Aside.objects.get()
    with pytest.raises(Refused):
        actions.settle_aside(aside.pk, choice, by=clerk, at=at(5, 9))
    with pytest.raises(ValidationError):
        actions.settle_aside(aside.pk, "none", by=cast.secretary, at=at(5, 9))

    actions.settle_aside(aside.pk, choice, by=cast.secretary, at=at(5, 9))

    assert meeting.passages.get(key="opening").text == text
    versions = PassageVersion.objects.order_by("revision")
    assert list(versions.values_list("text", "by"))[:2] == [("Một", cast.secretary.pk), ("Hai", cast.leader.pk)]
    assert Act.objects.get(verb="meeting.aside_settled").data == {"passage": "opening", "stands": choice}
    with pytest.raises(Refused, match=said("This was settled already.")):
        actions.settle_aside(aside.pk, choice, by=cast.secretary, at=at(5, 9))
    assert not cast.write(meeting, "Hai", by=cast.leader).conflicts
    assert cast.close(meeting).state == "closed"


def test_a_meeting_without_a_quorum_is_recorded_and_decides_nothing():
    cast = Cast()
    meeting = cast.held(named="none", full=ClassTold(8, 3))

    assert (meeting.state, meeting.had_quorum) == ("closed", False)
    for act in (
        lambda: actions.draft_resolution(meeting.pk, by=cast.leader, at=at(6)),
        lambda: actions.give_conclusion(meeting.conclusions.get().pk, not_secret=True, by=cast.leader, at=at(6)),
    ):
        with pytest.raises(Refused, match=r"3.*6"):
            act()


def test_units_above_read_the_minutes_once_they_were_sent_up():
    cast = Cast()
    meeting = cast.held()
    assert rules.visible_meetings(cast.above, HELD).filter(pk=meeting.pk).exists()
    assert not rules.can_read_minutes(cast.above, meeting, HELD)
    assert not rules.can_read_inside(cast.above, meeting, HELD)

    sent = actions.send_minutes_up(meeting.pk, by=cast.secretary, at=at(6))

    assert (sent.sent_to, sent.sent_on, sent.was_late) == (cast.tree.north, at(6).date(), False)
    assert rules.can_read_minutes(cast.above, sent, HELD)
    assert Notice.objects.filter(kind="minutes_sent", post__unit=cast.tree.north).count() == 2
    with pytest.raises(Refused):
        actions.send_minutes_up(meeting.pk, by=cast.secretary, at=at(6))


def test_no_day_is_set_for_minutes_that_nobody_above_awaits():
    cast = Cast()
    below = cast.begin()
    cast.cell, cast.secretary = cast.tree.bloc, make_holder(cast.tree.bloc, Role.SECRETARY)
    meeting = cast.begin()
    assert not meeting.has_due_day and list(Meeting.objects.overdue(date(2017, 2, 1))) == [below]

    Meeting.objects.update(minutes_due_on=at(7).date())
    migration = "trienkhai.meetings.migrations.0003_no_day_for_minutes_of_the_topmost_unit"
    import_module(migration).take_day_away(apps, None)

    assert list(Meeting.objects.overdue(date(2017, 2, 1))) == [below]


def test_who_reads_what():
    cast = Cast()
    meeting = cast.held()

    assert rules.can_read_minutes(cast.member, meeting, HELD)
    assert not rules.visible_meetings(cast.stranger, HELD).exists()
    assert Meeting.objects.overdue(at(7).date()).count() == 0
    assert Meeting.objects.overdue(at(8).date()).count() == 1


def test_an_item_that_the_minutes_speak_of_stays():
    cast = Cast()
    meeting = cast.begin()
    item = meeting.items.first()
    cast.write(meeting, "Đã bàn", key=f"item-{item.pk}")

    with pytest.raises(Refused):
        actions.remove_item(item.pk, by=cast.secretary, at=at(5, 9))
    added = actions.add_item(meeting.pk, title="Việc khác", by=cast.secretary, at=at(5, 9))
    assert meeting.passages.filter(key=f"item-{added.pk}").exists()
    actions.remove_item(added.pk, by=cast.secretary, at=at(5, 9))
    assert not meeting.passages.filter(key=f"item-{added.pk}").exists()


def test_a_mark_of_secrecy_on_a_line_of_its_own_is_found_in_a_conclusion_and_a_question():
    cast = Cast()
    meeting = cast.tell(cast.begin())
    words = {"question": "TỐI MẬT\nThông qua", "secret": False, "votes_for": 1}

    for act in (
        lambda: cast.conclude(meeting, "TỐI MẬT\nNội dung"),
        lambda: actions.add_ballot(meeting.pk, **words, by=cast.secretary, at=at(5, 9)),
    ):
        with pytest.raises(ValidationError):
            act()

    assert not meeting.conclusions.exists() and not meeting.ballots.exists()

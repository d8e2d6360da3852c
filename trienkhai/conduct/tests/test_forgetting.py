"""With a member's name go the commitment, own reports, comments and the files on disk."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.conduct.actions import Told
from trienkhai.conduct.models import Commitment, Review
from trienkhai.conduct.queries.integrity import members_unlisted
from trienkhai.conduct.tests.make import SAID, Cast, at
from trienkhai.conduct.tests.test_committing import listed
from trienkhai.documents.models import StoredFile
from trienkhai.orgs.actions import roster
from trienkhai.orgs.models import RosterMember, RosterSpan, RosterSwitch
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db


def erase(cast: Cast, admin: Account) -> None:
    roster.erase_member(RosterSpan.objects.get().pk, by=admin, at=at(1, 8))


def remove(cast: Cast, admin: Account) -> None:
    roster.remove_row(RosterSpan.objects.get().pk, by=cast.secretary, at=at(1, 8))


def switch_off(cast: Cast, admin: Account) -> None:
    roster.switch_off(RosterSwitch.objects.get().pk, names=1, by=admin, at=at(1, 8))


def told(words: str) -> Told:
    return Told(SAID, file=SimpleUploadedFile("minh-chung.txt", words.encode()), not_secret=True)


@pytest.mark.parametrize("forget", [erase, remove, switch_off])
def test_nothing_of_a_commitment_is_left_once_the_name_is_gone(
    forget: Callable[[Cast, Account], None], django_capture_on_commit_callbacks
):
    cast = Cast()
    _switch, admin = listed(cast)
    leaders = cast.commit()
    row = cast.commit(by=cast.member)
    cast.comment(cast.report(row, by=cast.member, told=told("Lịch công tác")))
    path = StoredFile.objects.get().path
    assert default_storage.exists(path)

    with django_capture_on_commit_callbacks(execute=True):
        forget(cast, admin)

    assert list(Commitment.objects.all()) == [leaders]
    assert not Review.objects.exists() and not StoredFile.objects.exists() and not default_storage.exists(path)


def test_a_new_file_of_evidence_takes_the_place_of_the_old(django_capture_on_commit_callbacks):
    cast = Cast()
    row = cast.commit()
    cast.report(row, told=told("Một"))
    old = StoredFile.objects.get().path

    with django_capture_on_commit_callbacks(execute=True):
        review = cast.report(row, told=told("Hai"))
    cast.report(row)

    assert StoredFile.objects.get() == Review.objects.get().file == review.file
    assert not default_storage.exists(old)


def test_a_commitment_left_of_an_erased_name_is_found_by_the_check():
    cast = Cast()
    listed(cast)
    row = cast.commit(by=cast.member)
    assert list(members_unlisted()) == []
    RosterMember.objects.update(name="")
    assert list(members_unlisted()) == [row.pk]

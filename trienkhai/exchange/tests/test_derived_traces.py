"""What was made after a document that is locked away: copies of its draft, dossiers named for it, waiting packets."""

from pathlib import Path

import pytest

from trienkhai.documents.actions import begin_draft, change_draft, drop_draft, quarantine_document
from trienkhai.documents.actions.dossiers import Described, open_dossier, put_document, take_out_document
from trienkhai.documents.models import Document, Dossier, Draft, DraftVersion
from trienkhai.documents.queries.drafts import basis_on
from trienkhai.documents.tests.make_drafts import WORDS, begin, finish
from trienkhai.exchange.actions import ask_back, tell_state
from trienkhai.exchange.models import Correspondent, Direction, Dispatch
from trienkhai.exchange.tests.test_traces import RARE, Matter, files_with, tables_with
from trienkhai.orgs.tests.make import DAY, NOON
from trienkhai.tasks.tests.make import make_document

pytestmark = pytest.mark.django_db(transaction=True)


def test_copies_of_its_draft_leave_with_a_document_and_theirs_too():
    matter = Matter()
    document = matter.issued()
    draft = Draft.objects.get(document=document)
    copy = begin_draft(matter.bloc, WORDS | {"title": f"sao {RARE}"}, copied=draft, by=matter.clerk, at=NOON)
    drop_draft(copy.pk, by=matter.clerk, at=NOON)
    begin_draft(matter.bloc, WORDS | {"body": f"Sao lần hai {RARE}"}, copied=copy, by=matter.clerk, at=NOON)
    own = begin(matter.bloc, matter.clerk)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == [] and list(Draft.objects.all()) == [own]


def test_a_copy_that_was_issued_as_a_paper_of_its_own_keeps_its_last_words_alone():
    matter = Matter()
    document = matter.issued()
    draft = Draft.objects.get(document=document)
    copy = begin_draft(matter.bloc, WORDS | {"title": f"sao {RARE}"}, copied=draft, by=matter.clerk, at=NOON)
    copy = change_draft(copy.pk, WORDS | {"title": "về việc khác"}, base=1, by=matter.clerk, at=NOON)
    other = finish(copy, matter.clerk)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == []
    assert list(DraftVersion.objects.values_list("draft__document", "number")) == [(other.pk, 2)]


def test_a_draft_begun_to_carry_a_document_out_stays_without_the_lines_that_name_it():
    matter = Matter()
    document = make_document(matter.bloc, title=f"về {RARE}", symbol="77-NQ/ĐUTHU")
    words = WORDS | {
        "title": f"thực hiện Nghị quyết 77-NQ/ĐUTHU về {RARE.title()}",
        "bases": f"{basis_on(document)}\nCăn cứ Điều lệ",
        "body": f"Theo 77-nq/đuthu, từng đơn vị làm.\nViệc về {RARE}: xong.\nTổ chức họp.",
    }
    draft = begin_draft(matter.bloc, words, source=document, by=matter.clerk, at=NOON)
    change_draft(draft.pk, words | {"place": "Huế"}, base=1, by=matter.clerk, at=NOON)
    begin_draft(matter.bloc, words, copied=draft, by=matter.clerk, at=NOON)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == []
    draft.refresh_from_db()
    assert (draft.bases, draft.body) == ("Căn cứ Điều lệ", "Tổ chức họp.") and "mật" in draft.title
    assert draft.versions.count() == 2 and Draft.objects.count() == 2


@pytest.mark.parametrize("title", [f"về {RARE}", f"Hồ sơ VỀ {RARE.upper()} năm 2017"])
def test_a_dossier_named_for_a_document_loses_that_name_and_others_keep_theirs(title: str):
    matter = Matter()
    document = make_document(matter.bloc, title=f"về {RARE}")
    other = make_document(matter.bloc, title="về việc khác")
    named = open_dossier(matter.bloc, Described("01", title, "permanent", DAY), by=matter.clerk, at=NOON)
    general = open_dossier(matter.bloc, Described("02", "Việc năm 2017", "permanent", DAY), by=matter.clerk, at=NOON)
    for dossier in (named, general):
        put_document(dossier.pk, other, by=matter.clerk, at=NOON)
        place = put_document(dossier.pk, document, by=matter.clerk, at=NOON)
    take_out_document(place.pk, by=matter.clerk, at=NOON)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == []
    kept, untouched = Dossier.objects.order_by("code")
    assert "mật" in kept.title and untouched.title == "Việc năm 2017"


def test_a_general_title_is_kept_when_it_shares_a_short_word_with_a_document():
    matter = Matter()
    document, other = make_document(matter.bloc, title="về an"), make_document(matter.bloc, title="về việc khác")
    general = open_dossier(matter.bloc, Described("02", "Về anh hùng", "permanent", DAY), by=matter.clerk, at=NOON)
    for paper in (document, other):
        put_document(general.pk, paper, by=matter.clerk, at=NOON)
    draft = begin_draft(matter.bloc, WORDS | {"body": "Bàn về anh hùng."}, source=document, by=matter.clerk, at=NOON)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    draft.refresh_from_db()
    general.refresh_from_db()
    assert (general.title, draft.body) == ("Về anh hùng", "Bàn về anh hùng.")


def test_a_dossier_opened_for_a_document_alone_loses_its_name():
    matter = Matter()
    document = make_document(matter.bloc, title="về nội dung kín")
    dossier = open_dossier(matter.bloc, Described("01", f"Vụ {RARE}", "permanent", DAY), by=matter.clerk, at=NOON)
    put_document(dossier.pk, document, by=matter.clerk, at=NOON)

    quarantine_document(document.pk, by=matter.clerk, at=NOON)

    assert tables_with(RARE) == []


def test_packets_that_ask_it_back_or_answer_for_it_leave_the_folder_with_a_document(tmp_path: Path):
    matter = Matter()
    document = matter.issued()
    ask_back(Dispatch.objects.get().pk, f"Nhầm {RARE}", by=matter.clerk, at=NOON)
    came = make_document(matter.bloc, title=f"đến {RARE}", symbol="78-CV/ĐUTHU")
    sender = Correspondent.objects.create(organ_id="000.03.MH", name="Nơi gửi")
    arrival = Dispatch.objects.create(
        unit=matter.bloc, document=came, correspondent=sender, direction=Direction.IN, document_key="x", at=NOON
    )
    tell_state(arrival.pk, "05", f"Đang xử lý {RARE}", by=matter.clerk, at=NOON)
    assert len(files_with(RARE, tmp_path / "edxml" / "out")) == 3

    for pk in (document.pk, came.pk):
        quarantine_document(pk, by=matter.clerk, at=NOON)

    assert files_with(RARE, tmp_path) == [] and tables_with(RARE) == []
    assert not Document.objects.filter(pk__in=[document.pk, came.pk]).exists()

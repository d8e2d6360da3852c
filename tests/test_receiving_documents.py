"""The demo's own papers go in through the page, as a clerk would send them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from trienkhai.demo.documents import Source, build, sources
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.symbol)
def test_a_word_file_becomes_a_document_that_can_be_read_clause_by_clause(source: Source):
    bloc = Tree().bloc
    client = Client()
    client.force_login(make_holder(bloc, Role.CLERK))
    upload = SimpleUploadedFile(source.file_name, build(source))

    response = client.post(
        "/van-ban/nhan", {"unit": bloc.pk, "book": "out", "not_secret": "on", "file": upload}, follow=True
    )

    document = Document.objects.get()
    page = response.content.decode()
    assert (document.symbol, document.issued_on, document.signer_name) == (source.symbol, source.date, source.signer)
    assert source.title in document.title
    assert page.count('class="clause') >= 5
    downloaded = client.get(f"/van-ban/tep/{document.files.get().file.pk}")
    assert b"".join(downloaded.streaming_content) == build(source)

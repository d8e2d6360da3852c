"""How the reader's header is judged by what people made of it."""

import pytest

from trienkhai.documents.actions import correct_document
from trienkhai.documents.models import Document
from trienkhai.documents.queries import Misread, judged_headers
from trienkhai.documents.tests.make import paper, register
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder

pytestmark = pytest.mark.django_db


def test_each_field_is_kept_corrected_filled_in_or_empty(django_assert_num_queries):
    tree = Tree()
    clerk = make_holder(tree.bloc, Role.CLERK)
    register(tree.bloc, clerk, text=paper("0-NQ/ĐUTHU"))
    wrong = register(tree.bloc, clerk, text=paper("2-NQ/ĐUTHU"))
    changes = {"place": "Thành phố Khác", "urgency": "Khẩn", "signer_name": "TRẦN MINH THỬ"}
    correct_document(wrong.pk, changes, by=clerk, at=NOON)

    with django_assert_num_queries(1):
        found = judged_headers(Document.objects.all())

    counts = {name: (one.kept, one.corrected, one.filled, one.empty) for name, one in found.fields.items()}
    assert counts["symbol"] == counts["number"] == (2, 0, 0, 0)
    assert counts["place"] == (1, 1, 0, 0)
    assert counts["urgency"] == (0, 0, 1, 1)
    assert counts["signer_name"] == (2, 0, 0, 0), "another case is no correction"
    assert {one.total for one in found.fields.values()} == {2}
    assert (found.documents, found.untouched) == (2, 1)
    assert found.misread[Misread("place", "Thành phố Thử", "Thành phố Khác")] == 1


def test_only_the_documents_given_count():
    tree = Tree()
    for unit in (tree.north, tree.south):
        register(unit, make_holder(unit, Role.CLERK))

    assert judged_headers(Document.objects.filter(owner=tree.north)).documents == 1
    assert judged_headers(Document.objects.none()).documents == 0

"""Drafts and templates for tests."""

from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document as Word

from trienkhai.documents.actions import begin_draft, finish_draft
from trienkhai.documents.models import Document, Draft
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import DAY, NOON
from trienkhai.people.models import Account

BODY = """Thực hiện nhiệm vụ năm 2017, Ban Thường vụ ban hành Kế hoạch như sau:

I. MỤC ĐÍCH

1. Nâng cao chất lượng sinh hoạt chi bộ.

II. NHIỆM VỤ

1. Công tác tuyên truyền

a) Giao Ban Tuyên giáo chủ trì, hoàn thành trước ngày 30/6/2017.

- Báo cáo kết quả về Văn phòng.

2. Phân công

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm |
| 1 | Xây dựng quy chế làm việc | Văn phòng | Ban Tổ chức | Quý II/2017 | Quy chế |
| 2 | Rà soát quy hoạch | Ban Tổ chức | Ủy ban Kiểm tra | Tháng 9/2017 | Báo cáo |

III. TỔ CHỨC THỰC HIỆN

Văn phòng theo dõi việc thực hiện Kế hoạch này."""

WORDS: dict[str, Any] = {
    "system": "party",
    "kind": "plan",
    "title": "thực hiện nhiệm vụ trọng tâm năm 2017",
    "issuer_name": "Đảng ủy Khối Thử",
    "parent_name": "Đảng bộ Thử",
    "symbol_body": "ĐUTHU",
    "place": "Thành phố Thử",
    "issued_on": None,
    "addressees": "",
    "bases": "Căn cứ Nghị quyết số 12-NQ/ĐUTHU, ngày 05/9/2016 của Đảng ủy Khối Thử về công tác năm",
    "body": BODY,
    "recipients": "Các chi bộ trực thuộc\nLưu Văn phòng",
    "authority": "T/M Đảng ủy",
    "signer": None,
    "signer_role": "Bí thư",
    "signer_name": "Trần Minh Thử",
    "urgency": "",
}


def begin(unit: Unit, by: Account, *, at: datetime = NOON, **words: Any) -> Draft:
    return begin_draft(unit, WORDS | words, by=by, at=at)


def finish(draft: Draft, by: Account, *, at: datetime = NOON, **named: Any) -> Document:
    fields = {"base": draft.version, "issued_on": DAY, "not_secret": True} | named
    return finish_draft(draft.pk, **fields, by=by, at=at)


def template_upload(*lines: str) -> BytesIO:
    """A template with the names every document needs, and some lines more."""
    made = Word()
    for line in ("{{ number }}", "{{ title }}", "{{ body }}", "{{ signer_name }}", *lines):
        made.add_paragraph(line)
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out

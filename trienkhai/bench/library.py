"""A library for the figures of search: documents of invented Vietnamese text, written in bulk."""

import hashlib
import random
from datetime import date, timedelta

from django.db import connection, transaction

from trienkhai.bench.organisation import BEGIN, Organisation
from trienkhai.common.clock import moment
from trienkhai.common.folding import fold
from trienkhai.documents.models import Book, Document, DocumentText, RegisterEntry, SearchEntry, Series
from trienkhai.documents.search import engines

AT = moment(BEGIN, 9)
CHUNK = 2000
FIRST_DAY, DAYS = date(2015, 1, 5), 3800
LENGTHS = (48, 300)
TYPES = {
    "Công văn": "CV",
    "Kế hoạch": "KH",
    "Báo cáo": "BC",
    "Quyết định": "QĐ",
    "Thông báo": "TB",
    "Nghị quyết": "NQ",
    "Hướng dẫn": "HD",
    "Chỉ thị": "CT",
    "Kết luận": "KL",
}
PHRASES = """kế hoạch|nghị quyết|tổ chức|thực hiện|công tác|đơn vị|báo cáo|kết quả|chương trình|nhiệm vụ|hướng dẫn
kiểm tra|giám sát|triển khai|xây dựng|hoàn thành|thời hạn|cán bộ|đảng viên|cấp ủy|trực thuộc|phối hợp
chủ trì|đề nghị|tăng cường|nâng cao|chất lượng|học tập|quán triệt|tuyên truyền|đánh giá|tổng kết
rút kinh nghiệm|hằng năm|hằng quý|sửa đổi|bổ sung|quy định|quy chế|trách nhiệm|người đứng đầu
cải cách|hành chính|dân chủ|cơ sở|phong trào|thi đua|khen thưởng|đường lối|chủ trương|phát triển
kinh tế|xã hội|quốc phòng|an ninh|đối ngoại|văn hóa|giáo dục|y tế|môi trường|giao thông|đường bộ
dương liễu|thủy lợi|hòa bình|khỏe mạnh|thủ tục|hồ sơ|lưu trữ|chuyển đổi số|tài chính|ngân sách|đầu tư
dự án|tiến độ|vướng mắc|giải pháp|đột phá|trọng tâm|kỷ luật|kỷ cương|nêu gương|đoàn kết|nội bộ
sinh hoạt|chi bộ|đại hội|nhiệm kỳ|bầu cử"""
RARE = """sếu đầu đỏ|đước vàm|rươi sông|bần chua|ốc len|cói nước lợ|voọc mũi hếch|sâm nam|chè dây
gạo huyết rồng|tò he|bả trạo|đờn kìm|then cổ|xoan ghẹo|ví giặm|bài chòi|rối cạn|chạm bạc|sơn ta
đúc đồng|gốm men chảy|lụa tơ sen|nón ngựa|mắm ruốc"""


def fill(organisation: Organisation, number: int) -> None:
    """`number` documents of ten years: half of the root, half of the lower units in turn, in the books of both."""
    chance = random.Random(7)
    phrases, rare = PHRASES.replace("\n", "|").split("|"), RARE.replace("\n", "|").split("|")
    engines.remove(connection)
    weights = [1 / (rank + 3) for rank in range(len(phrases))]
    for start in range(0, number, CHUNK):
        rows = []
        for index in range(start, min(start + CHUNK, number)):
            words = chance.choices(phrases, weights, k=chance.randint(*LENGTHS) // 2)
            if index % 50 == 0:
                words[chance.randrange(len(words))] = chance.choice(rare)
            rows.append((_document(organisation, index, words), " ".join(words)))
        _store(organisation, rows)
    engines.install(connection)


def _document(organisation: Organisation, index: int, words: list[str]) -> Document:
    owner = None if index % 2 else organisation.leaves[index // 2 * 7 % len(organisation.leaves)][0]
    doc_type = list(TYPES)[index * 5 % 13 % len(TYPES)]
    day = FIRST_DAY + timedelta(days=index * 37 % DAYS)
    symbol = f"{index % 997 + 1}-{TYPES[doc_type]}/ĐUMH"
    title = f"về {' '.join(words[:6])}"
    issuer = organisation.root.name if owner is None else f"Đơn vị số {owner}"
    return Document(
        doc_type=doc_type,
        number=str(index % 997 + 1),
        symbol=symbol,
        issuer_name=issuer,
        owner_id=owner or organisation.root.pk,
        issued_on=day,
        title=title,
        signer_name="Người Ký",
        search_text=fold(f"{symbol} {doc_type} {title} {issuer} Người Ký"),
        declared_at=AT,
        created_at=AT,
    )


@transaction.atomic
def _store(organisation: Organisation, rows: list[tuple[Document, str]]) -> None:
    documents = Document.objects.bulk_create(document for document, _text in rows)
    DocumentText.objects.bulk_create(
        DocumentText(document=document, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, created_at=AT)
        for document, text in rows
    )
    series = _series({document.owner_id for document in documents})
    RegisterEntry.objects.bulk_create(
        RegisterEntry(
            unit_id=document.owner_id,
            book=Book.OUT,
            series_id=series[document.owner_id],
            number=document.pk,
            on=document.issued_on or FIRST_DAY,
            document=document,
            entered_at=AT,
        )
        for document in documents
    )
    SearchEntry.objects.renew(documents)


def _series(units: set[int]) -> dict[int, int]:
    """One run of numbers for each unit, whatever the year: unit → its series."""
    wanted = [Series(unit_id=unit, book=Book.OUT, period="bench") for unit in units]
    Series.objects.bulk_create(wanted, ignore_conflicts=True)
    return dict(Series.objects.filter(unit__in=units, period="bench").values_list("unit", "pk"))

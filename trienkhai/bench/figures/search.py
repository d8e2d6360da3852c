"""Searching a library of invented documents: a fixed mix of questions by three people, to the floor of twenty rows read
by their keys."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles

from trienkhai.bench import library
from trienkhai.bench.organisation import TODAY, Organisation
from trienkhai.bench.timing import seconds
from trienkhai.documents import queries, rules
from trienkhai.documents.models import Document
from trienkhai.documents.queries import Wanted
from trienkhai.documents.search.asking import asked
from trienkhai.people.models import Account

ROUNDS = 5
FLOOR_ROWS = 20


@dataclass(frozen=True)
class Question:
    line: str
    wanted: Wanted = field(default_factory=Wanted)


MIX = (
    Question("voọc mũi hếch"),
    Question("ruoi song"),
    Question('"kế hoạch"'),
    Question("nghị quyết"),
    Question("đường lối"),
    Question("duong loi"),
    Question("101-NQ/ĐUMH"),
    Question("101nq"),
    Question("số 57"),
    Question("kế hoạch -đường"),
    Question("nghị qu"),
    Question("báo cáo kết quả", Wanted(doc_type="Kế hoạch", year=2019)),
    Question("thủy lợi", Wanted(book="out")),
    Question(""),
)


def measure(organisation: Organisation, number: int, settle: Callable[[], None]) -> dict[str, float]:
    """`search_p50_ms`, `search_p95_ms` of all that a page of the list reads, rights and facets included."""
    library.fill(organisation, number)
    settle()
    people = (organisation.leader, organisation.branch, organisation.scattered)
    ways = [_reader(account, question) for account in people for question in MIX]
    keys = list(Document.objects.order_by("-pk").values_list("pk", flat=True)[:FLOOR_ROWS])
    found: list[float] = []
    floor: list[float] = []
    for turn in range(ROUNDS + 1):
        for read in ways:
            spent = seconds(read), seconds(lambda: Document.objects.in_bulk(keys))
            if turn:  # the first round warms up
                found.append(spent[0] * 1000)
                floor.append(spent[1] * 1000)
    return {
        "search_documents": Document.objects.count(),
        "search_p50_ms": median(found),
        "search_p95_ms": quantiles(found, n=20)[-1],
        "search_floor_ms": median(floor),
        "search_to_floor": median(found) / median(floor),
    }


def _reader(account: Account, question: Question) -> Callable[[], object]:
    def read() -> object:
        own = queries.own_units(account, TODAY)
        rows = queries.narrowed(rules.visible_documents(account, TODAY), question.wanted, own)
        return queries.facets(queries.find(rows, asked(question.line), 1, own, question.wanted.period))

    return read

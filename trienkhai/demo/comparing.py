"""The demo's comparison of models: two drafts for the new year, figures of cost and opinions of the units asked."""

from datetime import date
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.books import office
from trienkhai.demo.reorganising import NEXT_YEAR, TO
from trienkhai.orgs.actions import comparing, reorganising
from trienkhai.orgs.actions.comparing import Cost
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Comparison, Relation, Reorganisation, Role, Unit
from trienkhai.orgs.models.comparing import PRESENT
from trienkhai.orgs.queries import children, unit_by_code
from trienkhai.orgs.rules import leaders_of

PREPARED, DUE = date(2017, 12, 14), date(2017, 12, 22)
TEXT = "Đơn vị tán thành; đề nghị giữ đầu mối theo dõi cũ đến hết quý I để việc đang làm không gián đoạn."


def compare_models(bloc: Unit) -> tuple[int, int]:
    """Two drafts beside each other; how many units were asked and how many answered."""
    who: dict[str, Any] = {"by": office().administrator, "at": moment(PREPARED, 11)}
    merging = Reorganisation.objects.filter(office=bloc, state=Reorganisation.State.DRAFT).latest("pk")
    flattening = _second(bloc, who)
    one = comparing.begin_comparison(
        bloc,
        title="Mô hình tổ chức cơ sở từ năm 2018",
        question="Phương án nào bớt tầng nấc mà không làm gián đoạn công việc đang giao?",
        files=[merging.pk, flattening.pk],
        **who,
    )
    first, second = (str(pk) for pk in one.drafts.values_list("pk", flat=True))
    amounts = {PRESENT: "1250", first: "1180.5", second: "1090"}
    costs = [Cost("Chi hoạt động của cấp ủy", "triệu đồng/năm", "Ước tính của văn phòng", amounts)]
    comparing.set_costs(one.pk, costs, **who)
    comparing.try_drafts(one.pk, **who)
    asked = [row.pk for row in _led(bloc)]
    comparing.ask_opinions(one.pk, asked, due_on=DUE, **who)
    return len(asked), _answer(one)


def _second(bloc: Unit, who: dict[str, Any]) -> Reorganisation:
    """The units of an upper committee come directly below the bloc, and the committee ends."""
    above = unit_by_code(TO)
    assert above is not None
    file = reorganising.prepare_reorganisation(
        bloc, title=f"Bỏ cấp trung gian {above.short_name}", effective_on=NEXT_YEAR, **who
    )
    below = [key_of(child) for child in children(above)]
    reorganising.add_step(file.pk, "move", {"units": below, "parent": key_of(bloc)}, **who)
    reorganising.add_step(file.pk, "dissolve", {"unit": key_of(above), "successor": key_of(bloc)}, **who)
    return file


def _led(bloc: Unit) -> list[Unit]:
    """The committee that the drafts touch, and the first of its units that have a leader."""
    above = unit_by_code(TO)
    assert above is not None
    rows = children(above, Relation.SUBORDINATE).filter(posts__role=Role.LEADER).distinct()
    return [above, *rows[:3]]


def _answer(one: Comparison) -> int:
    """The first two units answer, the committee for none of the drafts."""
    draft = one.drafts.order_by("position").first()
    answers: list[dict[str, Any]] = [
        {"preference": "none", "text": "Đề nghị giữ cấp trung gian đến hết nhiệm kỳ."},
        {"preference": "draft", "draft": draft.pk if draft else None, "text": TEXT},
    ]
    given = 0
    for opinion, answer in zip(one.opinions.order_by("unit__path")[:2], answers, strict=False):
        for holding in leaders_of(opinion.unit_id, PREPARED)[:1]:
            comparing.answer_opinion(opinion.pk, **answer, by=holding.account, at=moment(PREPARED, 15))
            given += 1
    return given

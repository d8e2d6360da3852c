"""A small tree with open objects of many classes, and what must hold after any reorganisation of it."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import F

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.dissemination.models import Receipt, Sending, StudyPlan
from trienkhai.documents.models import Dossier, Draft, Series
from trienkhai.indicators.models import Holder, Indicator
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs import journal, succession
from trienkhai.orgs.models import Holding, Journal, Role, Unit, UnitPlace
from trienkhai.orgs.tests.make import NOON, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.reports.models import FormVersion, Period, PeriodReport, ReportForm
from trienkhai.tasks import actions
from trienkhai.tasks.models import (
    OPEN_STATES,
    Assignment,
    Concretising,
    Focus,
    Opinion,
    Partnership,
    Programme,
    ProgrammeItem,
    Share,
    StateSpan,
    Tally,
    Wait,
)
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, at, make_document, make_issue
from trienkhai.urging.ladder import KEY

DAY = date(2017, 2, 20)
JANUARY = date(2017, 1, 1)
AREAS = ("orgs", "notices", "documents", "dissemination", "tasks", "indicators", "reports", "norms")
LEFT_OUT = (Journal, StateSpan, Tally)


class World:
    """Work given by the bloc and by the north, and something open of every class at the units below."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.tree = self.cast.tree
        self.admin = make_holder(self.tree.bloc, Role.ADMIN)
        self.document = make_document(self.tree.bloc)
        self.issue = make_issue(self.cast, [{}, {}])
        self.units = [self.tree.north1, self.tree.north2, self.tree.south1, self.tree.south2, self.tree.direct]
        self.body = make_unit(kind="external", relation="external", code="NG.9", name="Ban cán sự đảng Thử Nữa")
        self.given = [self.give(unit) for unit in (self.tree.north1, self.tree.south1)]
        for unit in self.units:
            self.furnish(unit)

    def give(self, unit: Unit, **fields: Any) -> Any:
        """A task that a grassroots unit gave to itself and one beside it."""
        officer, leader = make_holder(unit, Role.OFFICER), make_holder(unit, Role.LEADER)
        rows = [{"title": f"Việc của {unit.name}", "due_on": DUE, "selection": f"unit:{unit.code}"} | fields]
        issue = actions.prepare_issue(make_document(unit), unit, rows, by=officer, at=at(4))
        return actions.issue_tasks(issue.pk, by=leader, at=at(4))

    def furnish(self, unit: Unit) -> None:
        person, lead = self.cast.focal[unit.pk], Assignment.objects.get(held_by=self.tree.direct, task__position=1)
        self.plan(unit, person)
        self.share(unit, person, lead)
        self.report(unit, person)

    def plan(self, unit: Unit, person: Account) -> None:
        Focus.objects.create(unit=unit, kind="key", title=f"Trọng điểm {unit.code}", valid_from=JANUARY)
        programme = Programme.objects.create(
            unit=unit, kind="quarter", starts_on=date(2017, 1, 1), ends_on=date(2017, 3, 31), opened_by=person,
            opened_at=NOON,
        )  # fmt: skip
        ProgrammeItem.objects.create(programme=programme, position=1, title="Đầu việc", unit=unit)
        draft = Draft.objects.create(
            unit=unit, kind="Kế hoạch", title="Dự thảo", issuer_name=unit.name, symbol_body="ĐU", changed_by=person,
            changed_at=NOON, created_at=NOON,
        )  # fmt: skip
        Concretising.objects.create(
            document=make_document(unit), unit=unit, draft=draft, opened_by=person, opened_at=NOON
        )
        Dossier.objects.create(unit=unit, code=f"H{unit.pk}", title="Hồ sơ", retention="10", opened_on=JANUARY)
        Series.objects.create(unit=unit, book="out", of="QĐ", period="2017", last=unit.pk)
        StudyPlan.objects.create(document=self.document, unit=unit, made_by=person, made_at=NOON)

    def share(self, unit: Unit, person: Account, lead: Assignment) -> None:
        for kind in ("part", "watch"):
            Share.objects.create(task=lead.task, unit=unit, kind=kind, assignment=lead, text=f"Phần của {unit.code}")
        held = Assignment.objects.filter(held_by=unit, state="assigned").order_by("pk").first()
        awaited = self.tree.south2 if unit.pk != self.tree.south2.pk else self.tree.north1
        Wait.objects.create(
            assignment=held, unit=awaited, what="Số liệu", since_on=JANUARY, until=DUE, by=person, at=NOON
        )
        bond = Partnership.objects.create(unit=unit, partner=self.body, valid_from=JANUARY)
        asked = {"subject": "Góp ý", "due_on": DUE, "by": person, "at": NOON, "on": JANUARY}
        Opinion.objects.create(asker=unit, asked=self.body, partnership=bond, **asked)
        Opinion.objects.create(asker=self.tree.bloc, asked=unit, **asked)
        post = Holding.objects.get(account=person).post
        Notice.objects.create(post=post, kind="task_recurred", at=NOON)

    def report(self, unit: Unit, person: Account) -> None:
        sending = Sending.objects.create(
            document=self.document, sender=self.tree.bloc, selection="grassroots", on=JANUARY, sent_by=person,
            sent_at=NOON,
        )  # fmt: skip
        Receipt.objects.create(sending=sending, unit=unit, sent_to=unit)
        form = ReportForm.objects.create(
            unit=self.tree.bloc, title=f"Mẫu {unit.code}", kind="month", created_by=person, created_at=NOON
        )
        version = FormVersion.objects.create(form=form, number=1, changed_by=person, changed_at=NOON)
        days = {"starts_on": JANUARY, "ends_on": date(2017, 1, 31), "figures_from": JANUARY, "opened_on": JANUARY}
        period = Period.objects.create(form=form, version=version, cut_on=DUE, due_on=DUE, **days)
        PeriodReport.objects.create(
            period=period, version=version, unit=unit, held_by=unit, answers_to=self.tree.bloc
        )  # fmt: skip
        ReportForm.objects.create(
            unit=unit, title="Mẫu riêng", kind="month", created_by=person, created_at=NOON
        )  # fmt: skip
        indicator = Indicator.objects.create(unit=unit, code=f"CT{unit.pk}", period="quarter", valid_from=JANUARY)
        Holder.objects.create(indicator=indicator, unit=unit, giver=unit, valid_from=JANUARY)
        Norm.objects.create(
            key=KEY, place=unit.path, valid_from=JANUARY, value={}, source="Quyết định", grade="L"
        )  # fmt: skip


def standing() -> list[Unit]:
    return list(Unit.objects.standing(DAY).select_related("present").order_by("pk"))


def require_order() -> None:
    """Places are as parents say, the tally is a recount, and whatever is open is held by a unit that stands."""
    assert recount() == [] and negatives() == 0
    units = {unit.pk: unit for unit in standing()}
    for unit in units.values():
        parent = unit.present.parent_id
        assert unit.path == (units[parent].path if parent else "") + paths.segment(unit.pk)
    places = UnitPlace.objects.filter(valid_to=OPEN_END, unit__in=units)
    assert places.count() == len(units) and not places.exclude(path=F("unit__path")).exists()
    for row in Assignment.objects.filter(state__in=OPEN_STATES).select_related("task"):
        assert {row.held_by_id, row.answers_to_id, row.task.assigner_id} <= set(units)
    for gone in Unit.objects.filter(closed_on__lte=DAY).select_related("present"):
        left = succession.count_ending(succession.Ending(gone, next(iter(units.values())), DAY))
        assert left == {}, (gone, left)


def tables() -> dict[str, dict[int, dict[str, Any]]]:
    """Every row of every area, to be compared; not what is derived, nor the history that stays."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for area in AREAS:
        for model in apps.get_app_config(area).get_models(include_auto_created=True):
            if model not in LEFT_OUT:
                ids = list(model._base_manager.values_list("pk", flat=True))
                found[model._meta.label] = journal.rows_of(model, ids)
    return found


def without_history(found: dict[str, dict[int, dict[str, Any]]]) -> dict[str, dict[int, dict[str, Any]]]:
    """An assignment that was withdrawn and is open again is so since that day, under the act that took it back."""
    rows = found["tasks.Assignment"]
    plain = {pk: row | {"since_on": "", "act": None} for pk, row in rows.items()}
    return found | {"tasks.Assignment": plain}

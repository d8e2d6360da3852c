"""The last days of the demo: a deputy, parts answered, requests granted, work that changes hands, a letter begun."""

from datetime import date

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.demo import organisation
from trienkhai.demo.books import office
from trienkhai.demo.building import store_people, store_units
from trienkhai.demo.standing_in import HANDING, TAKING, let_others_stand_in
from trienkhai.documents.actions import register_document
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, ProgressReport

pytestmark = pytest.mark.django_db
ISSUED, DUE = date(2017, 12, 1), date(2017, 12, 8)


def test_others_stand_in_and_both_names_are_kept():
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    bloc, people = Unit.objects.select_related("present").get(pk=units["MH"].pk), office()
    fields = {"doc_type": "Kế hoạch", "number": "90", "symbol": "90-KH/ĐUMH", "title": "tổng kết", "issued_on": ISSUED}
    fields |= {"issuer_name": "Đảng ủy Khối Minh Họa", "signer_name": people.leader.name, "signer_role": "Bí thư"}
    paper = register_document(
        bloc, text="Kế hoạch tổng kết.", not_secret=True, fields=fields, by=people.clerk, at=moment(ISSUED, 8)
    )
    chosen = f"unit:MH.01.001 + unit:{HANDING} + unit:MH.01"
    one = {"due_on": DUE, "mode": "each", "selection": chosen, "coordinating_selection": ""}
    joint = {"due_on": DUE, "mode": "joint", "selection": "unit:MH.01", "coordinating_selection": "unit:MH.02.001"}
    rows = [{"title": f"Việc {number}"} | one for number in (1, 2)] + [{"title": "Việc chung"} | joint]
    issue = actions.prepare_issue(paper, bloc, rows, selection="children", by=people.officer, at=moment(ISSUED, 9))
    actions.issue_tasks(issue.pk, by=people.leader, at=moment(ISSUED, 10))
    focal = Account.objects.get(username="daumoi")
    for row in Assignment.objects.filter(task__issue=issue).select_related("held_by__present"):
        who = Account.objects.filter(holdings__post__unit=row.held_by, holdings__post__role="focal").earliest("pk")
        actions.acknowledge(row.pk, by=who, at=moment(ISSUED, 11))
        if row.held_by.code == "MH.01.001":
            actions.name_person(row.pk, focal, by=focal, at=moment(ISSUED, 12))
        elif row.held_by.code == "MH.01" and row.task.title == "Việc 1":
            actions.submit_report(row.pk, text="Xong.", by=who, at=moment(ISSUED, 13))

    done = let_others_stand_in(bloc)

    assert done == {"decided": 1, "parts": 1, "granted": 2, "handed_over": 1, "letters": 1}
    act = Act.objects.get(verb="report.approved")
    decided = ProgressReport.objects.get(state="approved").decided_by
    assert decided != people.leader and people.leader.name in act.principal
    assert Assignment.objects.filter(held_by__present__code=TAKING, unit__present__code=HANDING).count() == 1

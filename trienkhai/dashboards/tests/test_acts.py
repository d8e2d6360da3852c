"""The log: who reads which acts, how they are worded, found and paged."""

import re
from pathlib import Path

import pytest

import trienkhai
from trienkhai.audit.actions import SYSTEM, record, seal_acts
from trienkhai.audit.models import Act
from trienkhai.audit.queries import chain_head
from trienkhai.dashboards.wording import GROUPS, SENTENCES, sentence, values_of
from trienkhai.orgs import actions as orgs
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_account, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks import wording as history
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue
from trienkhai.tasks.transitions import VERBS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def played() -> Cast:
    """Issued to five; the north's two acknowledged one by one, a unit was renamed by an administrator."""
    cast = Cast()
    issue = make_issue(cast)
    for unit in (cast.tree.north1, cast.tree.north2):
        row = assignment_of(issue, unit)
        actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    cast.admin = make_holder(cast.tree.bloc, Role.ADMIN)
    orgs.change_unit(cast.tree.south1.pk, {"name": "Đảng bộ Tên Khác"}, by=cast.admin, at=at(5))
    return cast


def verbs(response) -> set[str]:
    return {act.verb for act, _words, _url in response.context["rows"]}


def test_inspector_reads_the_acts_of_the_branch_and_no_others(client):
    cast = played()
    client.force_login(make_holder(cast.tree.north, Role.INSPECTOR))

    rows = client.get("/nhat-ky").context["rows"]

    assert [act.verb for act, _words, _url in rows] == ["assignment.acknowledged"] * 2


def test_administrator_reads_upkeep_and_no_content(client):
    cast = played()
    client.force_login(cast.admin)

    found = verbs(client.get("/nhat-ky"))

    assert found == {"unit.changed", "units.established"}


@pytest.mark.parametrize("role", [Role.FOCAL, Role.CLERK, Role.SECRETARY, Role.MEMBER])
def test_others_have_no_log(client, role):
    cast = played()
    client.force_login(make_holder(cast.tree.bloc, role))
    act = Act.objects.first()

    assert client.get("/nhat-ky").status_code == 404
    assert client.get(f"/nhat-ky/{act.pk}").status_code == 404
    assert "/nhat-ky" not in {row["url"] for row in client.get("/tai-khoan").context["menu"]}


def test_an_act_out_of_reach_is_not_there(client):
    cast = played()
    client.force_login(cast.south_leader)
    foreign = Act.objects.filter(verb="assignment.acknowledged").first()

    assert client.get(f"/nhat-ky/{foreign.pk}").status_code == 404


def test_filters_by_group_person_unit_and_days(client):
    cast = played()
    client.force_login(cast.leader)
    focal = cast.focal[cast.tree.north1.pk]

    assert verbs(client.get("/nhat-ky?nhom=to-chuc")) == {"unit.changed"}
    assert {act.actor_id for act, _w, _u in client.get(f"/nhat-ky?nguoi={focal.username}").context["rows"]} == {
        focal.pk
    }
    assert verbs(client.get("/nhat-ky?don-vi=K.B")) == {"assignment.acknowledged"}
    assert verbs(client.get("/nhat-ky?tu=2017-01-05&den=2017-01-05")) == {"unit.changed"}
    assert client.get("/nhat-ky?don-vi=KHÔNG").context["form"].errors
    assert client.get("/nhat-ky?tu=hôm-qua").status_code == 200


def test_pages_hold_fifty_and_lead_on_without_a_gap(client):
    cast = played()
    client.force_login(cast.leader)
    for number in range(120):
        record("issue.changed", by=SYSTEM, at=NOON, unit_path=cast.tree.bloc.path, number=number)
    seen: list[int] = []

    url = "/nhat-ky?nhom=giao"
    while url:
        context = client.get(url).context
        seen += [act.pk for act, _words, _url in context["rows"]]
        url = f"/nhat-ky?nhom=giao&truoc={context['more']}" if context["more"] else ""

    assert len(seen) == len(set(seen)) == Act.objects.filter(verb__startswith="issue.").count()


def test_log_answers_htmx_with_its_part_and_shows_the_head_of_the_chain(client):
    cast = played()
    seal_acts()
    client.force_login(cast.leader)
    acts = Act.objects.count()

    part = client.get("/nhat-ky", headers=HTMX).content.decode()
    page = client.get("/nhat-ky").content.decode()

    assert "<html" not in part and 'id="acts"' in part
    assert chain_head() in page
    assert Act.objects.count() == acts


def test_detail_shows_old_and_new_values_the_seal_and_erased_values(client):
    cast = played()
    lan = make_account("Trần Thị Lan")
    act = record(
        "account.changed",
        lan,
        by=SYSTEM,
        at=NOON,
        personal={"email": "lan@example.org"},
        old={"name": "A"},
        new={"name": "B"},
    )
    seal_acts()
    client.force_login(cast.admin)

    page = client.get(f"/nhat-ky/{act.pk}").content.decode()

    assert "lan@example.org" in page and chain_head() in page
    assert next((value.old, value.new) for value in values_of(act)) == ("A", "B")


def test_detail_names_what_is_kept_in_words_and_not_by_its_key():
    act = record("report.submitted", by=SYSTEM, at=NOON, report=7, bulk=True, reason_digest="ab")

    named = {value.label: value.new for value in values_of(act)}

    assert named == {"Báo cáo, số bản ghi": "7", "Làm hàng loạt": "có", "Mã băm của lý do": "ab"}


def test_bulk_act_is_one_line_with_its_count_and_selection():
    cast = Cast()
    make_issue(cast, [{}, {}])
    focal = cast.focal[cast.tree.north1.pk]
    actions.acknowledge_all(Assignment.objects.all(), selection="tất cả chưa tiếp nhận", by=focal, at=at(4))

    words = sentence(Act.objects.get(verb="assignment.acknowledged"))

    assert "2" in words and "tất cả chưa tiếp nhận" in words


def test_every_verb_that_is_recorded_has_its_sentence():
    sources = "".join(
        path.read_text()
        for path in Path(trienkhai.__file__).parent.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
    )
    written = set(re.findall(r'\brecord\(\s*"([a-z_]+\.[a-z_]+)"', sources))

    assert written | {verb.done for verb in VERBS.values()} <= set(SENTENCES)


def test_log_says_of_work_what_the_history_of_the_work_says():
    assert {verb: SENTENCES[verb] for verb in history.SENTENCES} == history.SENTENCES


def test_every_act_belongs_to_one_group_of_the_log():
    starts = [start for group in GROUPS for start in group.starts]

    assert [verb for verb in SENTENCES if sum(verb.startswith(start) for start in starts) != 1] == []

"""The demo's voice from below: a proposal that climbs and becomes a task, feedback by name and without, a draft."""

from datetime import date
from typing import Any

from trienkhai.common.clock import moment
from trienkhai.demo.books import Office, office
from trienkhai.documents.actions import begin_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Document, Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.feedback import actions, proof
from trienkhai.feedback.actions.letters import Work, challenge_for
from trienkhai.feedback.models import Asked, Letter
from trienkhai.feedback.rules import SPEAKERS, units_above
from trienkhai.orgs.models import Holding, Post, Relation, Role, Unit
from trienkhai.orgs.queries import children
from trienkhai.people.models import Account

NAMED, WRITTEN, PASSED, ANSWERED = date(2017, 11, 6), date(2017, 12, 4), date(2017, 12, 6), date(2017, 12, 11)
SENT, ASKED, GIVEN, DUE = date(2017, 12, 7), date(2017, 12, 8), date(2017, 12, 13), date(2017, 12, 22)
BITS = 4
TITLE = "ban hành Quy chế phối hợp báo cáo giữa Văn phòng và các đảng bộ trực thuộc"
BODY = """Điều 1. Phạm vi

1. Quy chế này quy định việc phối hợp báo cáo giữa văn phòng cấp ủy và các đảng bộ trực thuộc.

2. Báo cáo mật không thuộc phạm vi của Quy chế này.

Điều 2. Thời hạn

1. Báo cáo tháng gửi trước ngày 25 hằng tháng.

2. Báo cáo đột xuất gửi theo yêu cầu của từng việc.

Điều 3. Trách nhiệm

Văn phòng tổng hợp, thông báo những đơn vị gửi muộn."""


def speak_up(bloc: Unit) -> dict[str, int]:
    """How many proposals were answered, remarks and letters answered, units asked about a draft and opinions given."""
    people = office()
    _name_posts(bloc, people)
    asked, given = _consultation(bloc, people)
    proposals = _proposal(bloc, people)
    return {
        "proposals": proposals,
        "answered": _remark(bloc, people) + _letter(bloc, people),
        "asked": asked,
        "given": given,
    }


def _name_posts(bloc: Unit, people: Office) -> None:
    posts = Post.objects.filter(unit=bloc, holdings__account=people.officer).values_list("pk", flat=True)
    actions.name_posts(bloc, list(posts), by=people.leader, at=moment(NAMED, 9))


def _unit_of(account: Account) -> Unit:
    row = Holding.objects.filter(account=account).select_related("post__unit__present").earliest("pk")
    return row.post.unit


def _proposal(bloc: Unit, people: Office) -> int:
    """From a grassroots unit to the level above, passed on to the bloc, taken and prepared as a task."""
    focal = Account.objects.get(username="daumoi")
    unit = _unit_of(focal)
    above = units_above(unit, WRITTEN)[0]
    wish = actions.Wish(
        "Gộp hai biểu báo cáo tháng về sinh hoạt chi bộ",
        "Hai biểu đang hỏi cùng một số liệu, đầu mối phải nhập hai lần. Đề nghị gộp từ quý I năm 2018.",
    )
    made = actions.propose(unit, above, wish, for_unit=True, by=focal, at=moment(WRITTEN, 9))
    if above != bloc:
        who = Account.objects.filter(holdings__post__unit=above, holdings__post__role=Role.LEADER).earliest("pk")
        reason = "Biểu báo cáo do Đảng ủy Khối ban hành."
        actions.pass_on(made.pk, bloc, reason=reason, by=who, at=moment(PASSED, 10))
    paper = Document.objects.filter(owner=bloc, issued_on__lte=ANSWERED).latest("issued_on", "pk")
    reason = "Đồng ý; giao Văn phòng sửa biểu mẫu trong quý I."
    actions.take_as_task(made.pk, paper, reason=reason, by=people.leader, at=moment(ANSWERED, 15))
    return 1


def _remark(bloc: Unit, people: Office) -> int:
    """From a member of a party cell, read and answered."""
    member = Account.objects.get(username="dangvien")
    text = "Giấy mời họp thường đến sát ngày; đề nghị gửi trước ít nhất ba ngày."
    given = actions.remark(bloc, text, by=member, at=moment(SENT, 8))
    actions.read_remark(given.pk, by=people.officer, at=moment(SENT, 14))
    answer = "Văn phòng sẽ gửi giấy mời trước ba ngày làm việc."
    actions.answer_remark(given.pk, answer, by=people.officer, at=moment(ANSWERED, 9))
    return 1


def _letter(bloc: Unit, people: Office) -> int:
    """Handed over on the next day, answered; the code is known to nobody."""
    challenge = challenge_for("gui", BITS, SENT)
    text = "Nhà để xe của cơ quan dột nhiều chỗ, mùa mưa không dùng được."
    actions.send_letter(bloc, text, work=Work(challenge, proof.solve(challenge)), on=SENT)
    actions.release_letters(on=ASKED)
    answer = "Đã đề nghị đơn vị quản lý tòa nhà sửa mái trong tháng 12."
    actions.answer_letter(Letter.objects.get().pk, answer, by=people.officer, at=moment(ANSWERED, 10))
    return 1


def _consultation(bloc: Unit, people: Office) -> tuple[int, int]:
    """A draft before three committees: two have given opinions, one of which is answered; the third owes its own."""
    owing = _unit_of(Account.objects.get(username="lanhdao2"))
    below = children(bloc, Relation.SUBORDINATE).filter(posts__role__in=SPEAKERS).exclude(pk=owing.pk).distinct()
    units = [*below[:2], owing]
    question = actions.Question(DUE, units, "Nhất là thời hạn ở Điều 2.")
    made = actions.open_consultation(bloc, _draft(bloc, people), question, by=people.officer, at=moment(ASKED, 9))
    whole = made.passages.get(position=0).pk
    clause = made.passages.get(label="Điều 2 › 1").pk
    agrees = {whole: actions.Said("agrees")}
    other = actions.Said("other", "Báo cáo tháng gửi trước ngày 28.", "Ngày 25 chưa đủ số liệu của chi bộ.")
    asked = list(Asked.objects.filter(consultation=made).order_by("pk"))
    for row, said in zip(asked, (agrees | {clause: other}, agrees), strict=False):
        who = _speaker(row.unit_id)
        actions.store_opinions(row.pk, actions.Opinions(said), send=True, by=who, at=moment(GIVEN, 10))
    opinion = asked[0].opinions.get(stance="other")
    reason = "Giữ ngày 25 để kịp báo cáo cấp trên; chi bộ được bổ sung số liệu đến ngày 28."
    actions.reply(opinion.pk, "partly", reason, by=people.officer, at=moment(GIVEN, 15))
    return len(asked), 2


def _speaker(unit: int) -> Account:
    rows = Holding.objects.filter(post__unit=unit, post__role__in=SPEAKERS).select_related("account")
    return rows.earliest("pk").account


def _draft(bloc: Unit, people: Office) -> Draft:
    words: dict[str, Any] = dict.fromkeys(WORDS, "") | {"issued_on": None, "signer": None} | habits_of(bloc)
    words |= {"kind": "decision", "title": TITLE, "body": BODY}
    return begin_draft(bloc, words, by=people.officer, at=moment(ASKED, 8))

"""Rows for tests: a small organisation in which proposals climb and posts receive feedback."""

from datetime import date, datetime
from typing import Any

from trienkhai.documents.models import Document, Draft
from trienkhai.documents.tests.make_drafts import begin
from trienkhai.feedback import actions, proof
from trienkhai.feedback.actions.letters import Work, challenge_for
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Letter, PendingLetter, Proposal
from trienkhai.norms.models import Norm
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import at

DAY = date(2017, 3, 6)
"""A Monday."""
BITS = 4


class House:
    """The small tree; leaders and officers at bloc and north, a focal point and a member at north1."""

    def __init__(self) -> None:
        self.tree = Tree()
        tree = self.tree
        self.bloc_leader, self.bloc_officer = make_holder(tree.bloc, Role.LEADER), make_holder(tree.bloc, Role.OFFICER)
        self.leader, self.officer = make_holder(tree.north, Role.LEADER), make_holder(tree.north, Role.OFFICER)
        self.focal, self.member = make_holder(tree.north1, Role.FOCAL), make_holder(tree.north1, Role.MEMBER)
        self.stranger = make_holder(tree.south1, Role.FOCAL)

    def proposal(self, **words: Any) -> Proposal:
        """Of the focal point of north1, in its name, to north."""
        wish = actions.Wish(words.pop("title", "Gộp hai biểu báo cáo"), words.pop("text", "Hai biểu hỏi cùng một số."))
        given = {"unit": self.tree.north1, "to": self.tree.north, "for_unit": True, "by": self.focal, "at": at(6, 3)}
        given |= words
        return actions.propose(given.pop("unit"), given.pop("to"), wish, **given)

    def draft(self, **words: Any) -> Draft:
        """Of north, being written by its officer."""
        return begin(self.tree.north, self.officer, at=at(6, 3), **words)

    def consultation(self, *units: Unit, source: Draft | Document | None = None, **words: Any) -> Consultation:
        """North asks north1 and north2 about a draft until the 20th."""
        given = {"due_on": date(2017, 3, 20), "units": units or (self.tree.north1, self.tree.north2)} | words
        when = given.pop("at", at(6, 3))
        return actions.open_consultation(
            self.tree.north, source or self.draft(), actions.Question(**given), by=self.officer, at=when
        )

    def opine(self, asked: Asked, *, by: Account, when: datetime, wording: str = "Gộp hai ý.") -> ClauseOpinion:
        """The unit agrees with the whole but wants its first clause in other words; sent."""
        whole, first = asked.consultation.passages.order_by("position")[:2]
        said = {whole.pk: actions.Said("agrees"), first.pk: actions.Said("other", wording, "Hai ý trùng nhau.")}
        actions.store_opinions(asked.pk, actions.Opinions(said, asked.version), send=True, by=by, at=when)
        return ClauseOpinion.objects.get(asked=asked, stance="other")

    def receiving(self, unit: Unit, *people: Account, by: Account) -> list[int]:
        """Name the posts these people hold at the unit."""
        posts = list(Post.objects.filter(unit=unit, holdings__account__in=people).values_list("pk", flat=True))
        actions.name_posts(unit, posts, by=by, at=at(1, 3))
        return posts

    def receiving_everywhere(self) -> None:
        self.receiving(self.tree.north, self.officer, by=self.leader)
        self.receiving(self.tree.bloc, self.bloc_officer, by=self.bloc_leader)


def easy() -> None:
    """Proofs of work of a few attempts, so that tests do not wait."""
    row = Norm.objects.get(key="feedback.unnamed", place="")
    row.value = row.value | {"send_bits": BITS, "read_bits": BITS}
    row.save()


def work(purpose: str = "gui", *, on: date = DAY, bits: int = BITS) -> Work:
    challenge = challenge_for(purpose, bits, on)
    return Work(challenge, proof.solve(challenge))


def send(unit: Unit, text: str = "Bếp ăn tập thể chưa bảo đảm.", *, on: date = DAY, enclosed: bytes = b"") -> str:
    return actions.send_letter(unit, text, enclosed=enclosed, work=work(on=on), on=on)


def find(code: str, *, on: date = DAY) -> Letter | PendingLetter | None:
    return actions.find_by_receipt(code, work=work("doc", on=on), on=on)

"""Voice from below in the world: proposals of north1 and north, feedback that the officer of north receives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from trienkhai.common.clock import moment
from trienkhai.documents.tests.make_drafts import begin
from trienkhai.feedback import actions
from trienkhai.feedback.models import Letter
from trienkhai.orgs.models import Post, Role

if TYPE_CHECKING:
    from tests.world import World


def feedback_objects(world: World) -> dict[str, int | str]:
    """Ids by the names under which addresses take them."""
    tree, at = world.tree, moment(date(2017, 3, 1))
    for place, unit in (("own", tree.north), ("bloc", tree.bloc)):
        post = Post.objects.get(unit=unit, holdings__account=world.person(Role.OFFICER, place))
        actions.name_posts(unit, [post.pk], by=world.person(Role.LEADER, place), at=at)
    wish = actions.Wish("Gộp hai biểu báo cáo", "Hai biểu hỏi cùng một số.")
    from_below = actions.propose(tree.north1, tree.north, wish, for_unit=True, by=world.holder, at=at)
    climbing = actions.propose(tree.north, tree.bloc, wish, for_unit=True, by=world.person(Role.FOCAL, "own"), at=at)
    remark = actions.remark(tree.north, "Họp kéo dài quá.", by=world.holder, at=at)
    letter = Letter.objects.create(
        unit=tree.north, on=at.date(), text="Nhà để xe dột.", enclosed=b"x", enclosed_kind="txt", receipt="0" * 64
    )
    draft = begin(tree.north, world.person(Role.OFFICER, "own"), at=at)
    question = actions.Question(date(2017, 3, 20), (tree.north1, tree.north2))
    asking = actions.open_consultation(tree.north, draft, question, by=world.person(Role.OFFICER, "own"), at=at)
    sent = asking.asked.get(unit=tree.north1)
    first = asking.passages.get(position=1)
    said = actions.Opinions({first.pk: actions.Said("other", "Gộp hai ý.", "Trùng nhau.")})
    actions.store_opinions(sent.pk, said, send=True, by=world.holder, at=at)
    consulted = {"consultation": asking.pk, "clause_opinion": sent.opinions.get().pk}
    own = actions.open_consultation(
        tree.bloc,
        begin(tree.bloc, world.person(Role.OFFICER, "bloc"), at=at),
        actions.Question(date(2017, 3, 20), (tree.north,)),
        by=world.person(Role.OFFICER, "bloc"),
        at=at,
    )
    consulted |= {"asked_own": own.asked.get().pk}
    return consulted | {
        "unnamed_file": "proof.js",
        "proposal": from_below.pk,
        "proposal_own": climbing.pk,
        "remark": remark.pk,
        "letter": letter.pk,
    }

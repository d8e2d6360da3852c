"""Lập hồ sơ: everything that is known of the unit for a day, in one act, and never changed afterwards."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.queries import chain_head
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs.queries import version_on
from trienkhai.people.models import Account
from trienkhai.worksessions import rules
from trienkhai.worksessions.actions.locking import locked_session, note, tell_unit
from trienkhai.worksessions.dossier import sections_of
from trienkhai.worksessions.dossier.shape import stored
from trienkhai.worksessions.models import Dossier
from trienkhai.worksessions.queries.integrity import digest_of


@transaction.atomic
def make_dossier(session_id: int, *, day: date, by: Account, at: datetime) -> Dossier:
    """The dossier of the unit as it stands for the end of `day`, today or a past day.

    The last one is returned where nothing has changed since; otherwise a new number, and both stay. The unit is told.
    Raises Refused; also for a day to come and for one on which the unit did not stand.
    """
    session = locked_session(session_id)
    verdict = rules.can_make_dossier(by, session, day_of(at)).require()
    if day > day_of(at):
        raise Refused(_("The day is still to come: there are no figures for it."))
    version = version_on(session.unit, day)
    if version is None:
        raise Refused(_("The unit did not stand on that day."))
    content = {"name": version.name, "upper": session.upper.name, "sections": stored(sections_of(session, day))}
    last = session.dossiers.order_by("-number").first()
    if last and (last.on, last.content) == (day, content):
        return last
    number = last.number + 1 if last else 1
    said = {"session": session, "unit": session.unit, "number": number, "on": day, "content": content}
    dossier = Dossier(**said, head=chain_head(), made_by=by, made_at=at)
    dossier.digest = digest_of(dossier)
    act = note("dossier_made", session, verdict, by, at, number=number, on=str(day), digest=dossier.digest)
    dossier.act = act.pk
    dossier.save(force_insert=True)
    tell_unit(session, "worksession_dossier", act, at)
    return dossier

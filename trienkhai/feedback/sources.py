"""What leaves with a document that is locked away: the link to it from the proposals it carried, and consultations on
it, on its draft, on copies of that draft and on what carries it out."""

from django.db.models import Q, QuerySet

from trienkhai.documents.models import Document, Draft
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Proposal


def unlink(document: Document) -> dict[str, list[int]]:
    """The answers to proposals stay; they are words of the unit and bear no mark of secrecy."""
    Proposal.objects.filter(document=document).update(document=None)
    return {}


def remove_consultations(document: Document) -> dict[str, list[int]]:
    """Their passages and opinions hold its words: they are deleted. Ids by table."""
    drafts: set[int] = set()
    found = Draft.objects.filter(Q(document=document) | Q(source=document))
    while new := _locked(found) - drafts:
        drafts |= new
        found = Draft.objects.filter(copied_from__in=drafts)
    rows = Consultation.objects.filter(Q(document=document) | Q(draft__in=drafts))
    ids = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    removed = {
        Consultation._meta.label_lower: ids,
        Asked._meta.label_lower: list(Asked.objects.filter(consultation__in=ids).values_list("pk", flat=True)),
    }
    ClauseOpinion.objects.filter(asked__consultation__in=ids).delete()
    Consultation.objects.filter(pk__in=ids).delete()
    return removed


def _locked(drafts: QuerySet[Draft]) -> set[int]:
    """Their ids; nobody copies them or asks about them meanwhile."""
    return set(drafts.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))

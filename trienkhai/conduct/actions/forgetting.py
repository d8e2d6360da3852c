"""With the name of a member go the commitment, its own reports, comments and evidence."""

from collections.abc import Collection

from trienkhai.conduct.models import Commitment, Review
from trienkhai.documents.actions.filing import remove_files
from trienkhai.documents.models import StoredFile


def forget_members(members: Collection[int]) -> None:
    """Part of the caller's transaction; files leave the disk once it is committed. No act: the erasure is one."""
    rows = Commitment.objects.filter(member__in=members)
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    files = list(StoredFile.objects.filter(conduct_reviews__commitment__in=ids))
    Review.objects.filter(commitment__in=ids).delete()
    Commitment.objects.filter(pk__in=ids).delete()
    remove_files(files)

"""How far the letters of a document's scans are recognised, in sentences for its page."""

from django.utils.translation import gettext as _

from trienkhai.documents.models import Document, DocumentText, ScanJob, ScanState


def scan_remarks(document: Document, text: DocumentText | None = None) -> list[str]:
    """What a reader should know before trusting `text`: of scans that wait or failed, and of letters a machine read."""
    open_jobs = ScanJob.objects.filter(file__document=document).exclude(state=ScanState.DONE).order_by("pk")
    remarks = [_remark(job) for job in open_jobs.select_related("file__file")]
    if text and text.machine_read:
        remarks.insert(
            0,
            _(
                "The words on this page were recognised from a scan by machine and may be wrong; "
                "the scan alone is the original."
            ),
        )
    return remarks


def _remark(job: ScanJob) -> str:
    words = {"file": job.file.file.name}
    if job.state == ScanState.WAITING:
        return _("The scan “%(file)s” waits for the machine to recognise its letters.") % words
    advice = _("The scan “%(file)s” stays as it came. Add a better scan or a file with letters as a further version.")
    return f"{_(job.error)} {advice % words}"

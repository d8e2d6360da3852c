"""The file between its dry run and its import, remembered in the person's session."""

from collections.abc import Collection
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.common.verdict import Refused
from trienkhai.exchange import waiting
from trienkhai.exchange.columns import ORGANISATION
from trienkhai.exchange.files import Table, read_tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = "import"


def keep(request: HttpRequest, upload: UploadedFile, purpose: str) -> None:
    """Keep the file for `purpose`, in place of one that was tried before."""
    forget(request)
    upload.seek(0)
    request.session[KEPT] = {"token": waiting.keep(upload), "purpose": purpose}


def kept_path(request: HttpRequest, purpose: str) -> Path:
    """The file that was tried last for this purpose. Raises Refused when it is gone."""
    found = request.session.get(KEPT) or {}
    path = waiting.path_of(found.get("token", "")) if found.get("purpose") == purpose else None
    if path is None:
        raise Refused(_("The file is no longer kept. Send it again."))
    return path


def kept(request: HttpRequest, purpose: str, kinds: Collection[str] = ORGANISATION) -> dict[str, Table]:
    """The rows of that file. Raises Refused when it is gone."""
    path = kept_path(request, purpose)
    with path.open("rb") as source:
        return read_tables(source, path.name, clock.today(), kinds)


def forget(request: HttpRequest) -> None:
    if found := request.session.pop(KEPT, None):
        waiting.forget(found["token"])


def download(content: bytes, name: str, media_type: str = XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response

"""Addresses of carrying out: my work, the list, one assignment with its verbs."""

from django.urls import path

from trienkhai.tasks.links import SLUGS
from trienkhai.tasks.views import assignment, listing, verbs, waiting, work

urlpatterns = [
    path("viec-cua-toi", work.mine, name="mine"),
    path("viec-cua-toi/tiep-nhan", work.acknowledge_all, name="acknowledge_all"),
    path("viec-cua-toi/bao-cao", work.report_several, name="report_several"),
    path("nhiem-vu", listing.listing, name="list"),
    path("nhiem-vu/<int:pk>", assignment.assignment, name="assignment"),
    *(path(f"nhiem-vu/<int:pk>/{slug}", verbs.verb, {"name": name}, name=name) for name, slug in SLUGS.items()),
    path("minh-chung/<int:pk>", assignment.evidence, name="evidence"),
    path("de-nghi/<int:pk>", verbs.decide, name="decide"),
    path("phoi-hop/<int:pk>", verbs.answer, name="answer"),
    path("cho/<int:pk>", waiting.end, name="wait_end"),
    path("cho/<int:pk>/tam-dung", waiting.pause, name="wait_pause"),
]

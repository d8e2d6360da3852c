"""All addresses of the site: one line an area."""

from django.urls import include, path

urlpatterns = [
    path("", include("trienkhai.common.urls")),
    path("", include("trienkhai.people.urls")),
    path("", include("trienkhai.orgs.urls")),
    path("", include("trienkhai.notices.urls")),
    path("", include("trienkhai.documents.urls")),
    path("", include("trienkhai.dissemination.urls")),
    path("", include("trienkhai.tasks.urls")),
    path("", include("trienkhai.indicators.urls")),
    path("", include("trienkhai.reports.urls")),
    path("", include("trienkhai.meetings.urls")),
    path("", include("trienkhai.feedback.urls")),
    path("", include("trienkhai.inspections.urls")),
    path("", include("trienkhai.evaluation.urls")),
    path("", include("trienkhai.oversight.urls")),
    path("", include("trienkhai.conduct.urls")),
    path("", include("trienkhai.urging.urls")),
    path("", include("trienkhai.worksessions.urls")),
    path("", include("trienkhai.dashboards.urls")),
    path("", include("trienkhai.exchange.urls")),
]

handler404 = "trienkhai.common.views.not_found"
handler403 = "trienkhai.common.views.forbidden"
handler500 = "trienkhai.common.views.fault"

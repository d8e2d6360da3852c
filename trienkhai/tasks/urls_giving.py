"""Addresses of giving and approving."""

from django.urls import path

from trienkhai.tasks.views import approvals, concretising, giving, jobs

urlpatterns = [
    path("giao-viec", giving.issues, name="issues"),
    path("giao-viec/tu-van-ban/<int:pk>", giving.issue_start, name="issue_start"),
    path("giao-viec/<int:pk>", giving.issue, name="issue"),
    path("giao-viec/<int:pk>/pham-vi", giving.issue_selection, name="issue_selection"),
    path("giao-viec/<int:pk>/pham-vi/xem", giving.issue_preview, name="issue_preview"),
    path("giao-viec/<int:pk>/them", giving.draft_add, name="draft_add"),
    path("giao-viec/<int:pk>/trinh", giving.issue_submit, name="issue_submit"),
    path("giao-viec/<int:pk>/ban-hanh", giving.issue_issue, name="issue_issue"),
    path("giao-viec/<int:pk>/tra-lai", giving.issue_return, name="issue_return"),
    path("giao-viec/viec/<int:pk>", giving.draft_edit, name="draft_edit"),
    path("giao-viec/viec/<int:pk>/bo", giving.draft_drop, name="draft_drop"),
    path("van-ban/<int:pk>/cu-the-hoa", concretising.concretise, name="concretise"),
    path("van-ban/<int:pk>/do-phu", concretising.coverage, name="coverage"),
    path("cu-the-hoa/<int:pk>/van-ban", concretising.concretise_paper, name="concretise_paper"),
    path("dieu-khoan/<int:pk>", concretising.clause, name="clause"),
    path("duyet", approvals.approvals, name="approvals"),
    path("duyet/<int:pk>/xem", approvals.approval_preview, name="approval_preview"),
    path("duyet/dot", jobs.jobs, name="jobs"),
    path("duyet/dot/<int:pk>", jobs.job, name="job"),
    path("duyet/dot/<int:pk>/dung", jobs.job_stop, name="job_stop"),
    path("duyet/<int:pk>/da-xem", approvals.seen, name="seen"),
    path("duyet/chua-co-nguoi", approvals.steps, name="steps"),
    path("duyet/tat-ca", approvals.approve_all, name="approve_all"),
    path("duyet/tra-lai-tat-ca", approvals.return_all, name="return_all"),
]

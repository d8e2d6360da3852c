from django.urls import path

from trienkhai.reports import views

app_name = "reports"

urlpatterns = [
    path("bao-cao", views.overview, name="overview"),
    path("bao-cao/duyet", views.approvals, name="approvals"),
    path("bao-cao/duyet/tat-ca", views.approve_all, name="approve_all"),
    path("bao-cao/duyet/tra-lai", views.return_all, name="return_all"),
    path("bao-cao/bieu-mau", views.forms, name="forms"),
    path("bao-cao/bieu-mau/moi", views.form_new, name="form_new"),
    path("bao-cao/bieu-mau/<int:pk>", views.form, name="form"),
    path("bao-cao/bieu-mau/<int:pk>/sua", views.form_change, name="form_change"),
    path("bao-cao/bieu-mau/<int:pk>/noi-dung", views.design, name="design"),
    path("bao-cao/bieu-mau/<int:pk>/muc", views.section, name="section"),
    path("bao-cao/bieu-mau/<int:pk>/chi-tieu", views.field, name="field"),
    path("bao-cao/bieu-mau/<int:pk>/xep", views.arrange, name="arrange"),
    path("bao-cao/bieu-mau/<int:pk>/ban-hanh", views.release, name="release"),
    path("bao-cao/bieu-mau/<int:pk>/ket-thuc", views.form_end, name="form_end"),
    path("bao-cao/bieu-mau/<int:pk>/ban/<int:number>", views.version, name="version"),
    path("bao-cao/ky/<int:pk>", views.period, name="period"),
    path("bao-cao/ky/<int:pk>/nhac", views.remind, name="remind"),
    path("bao-cao/ky/<int:pk>/tong-hop", views.summary_begin, name="summary_begin"),
    path("bao-cao/ky/<int:pk>/xlsx", views.period_file, name="period_file"),
    path("bao-cao/<int:pk>", views.report, name="report"),
    path("bao-cao/<int:pk>/bat-dau", views.report_begin, name="report_begin"),
    path("bao-cao/<int:pk>/lap", views.fill, name="fill"),
    path("bao-cao/<int:pk>/luu", views.autosave, name="autosave"),
    path("bao-cao/<int:pk>/lay-so-lieu", views.refill, name="refill"),
    path("bao-cao/<int:pk>/gui", views.submit, name="submit"),
    path("bao-cao/<int:pk>/duyet", views.approve, name="approve"),
    path("bao-cao/<int:pk>/tra-lai", views.return_report, name="return"),
    path("bao-cao/<int:pk>/mo-lai", views.reopen, name="reopen"),
    path("bao-cao/<int:pk>/dong", views.close, name="close"),
    path("bao-cao/<int:pk>/tong/<slug:code>", views.parts, name="parts"),
    path("bao-cao/<int:pk>/du-thao", views.draft, name="draft"),
    path("bao-cao/<int:pk>/tep/<slug:suffix>", views.file, name="file"),
]

from django.urls import path

from trienkhai.evaluation.views import campaigns, commending, sheets, verbs

app_name = "evaluation"

urlpatterns = [
    path("danh-gia", campaigns.listing, name="list"),
    path("danh-gia/don-vi/<int:unit>/mo", campaigns.open_campaign, name="open"),
    path("danh-gia/<int:pk>", campaigns.campaign, name="campaign"),
    path("danh-gia/<int:pk>/them", campaigns.subjects, name="subjects"),
    path("danh-gia/<int:pk>/de-xuat", campaigns.propose, name="propose"),
    path("danh-gia/<int:pk>/quyet-dinh", campaigns.decide, name="decide"),
    path("danh-gia/<int:pk>/du-thao", campaigns.draft, name="draft"),
    path("danh-gia/<int:pk>/danh-sach.docx", campaigns.export, name="export"),
    path("danh-gia/phieu/<int:pk>", sheets.sheet, name="sheet"),
    path("danh-gia/phieu/<int:pk>/diem", sheets.points, name="points"),
    path("danh-gia/phieu/<int:pk>/chuyen", sheets.pass_on, name="pass_on"),
    path("danh-gia/phieu/<int:pk>/lay-so-lieu", sheets.figures_again, name="figures_again"),
    path("danh-gia/phieu/<int:pk>/so-lieu/<slug:name>", sheets.figure, name="figure"),
    path("danh-gia/phieu/<int:pk>/bo-phieu", verbs.vote, name="vote"),
    path("danh-gia/phieu/<int:pk>/tra-lai", verbs.send_back, name="send_back"),
    path("danh-gia/phieu/<int:pk>/khong-danh-gia", verbs.leave_out, name="leave_out"),
    path("danh-gia/phieu/<int:pk>/vuot-muc/<int:assignment>", verbs.mark_above, name="mark_above"),
    path("danh-gia/phieu/<int:pk>/vuot-muc/<int:assignment>/bo", verbs.unmark_above, name="unmark_above"),
    path("danh-gia/phieu/<int:pk>/kien-nghi", verbs.appeal, name="appeal"),
    path("danh-gia/phieu/<int:pk>/tra-loi", verbs.answer_appeal, name="answer"),
    path("khen-thuong", commending.register, name="register"),
    path("khen-thuong/don-vi/<int:unit>/de-nghi", commending.propose, name="commendation_propose"),
    path("khen-thuong/<int:pk>", commending.commendation, name="commendation"),
    path("khen-thuong/<int:pk>/minh-chung", commending.evidence, name="commendation_evidence"),
    path("khen-thuong/<int:pk>/y-kien", commending.opinion, name="commendation_opinion"),
    path("khen-thuong/<int:pk>/quyet-dinh", commending.commend, name="commend"),
    path("khen-thuong/<int:pk>/khong-khen", commending.refuse, name="commendation_refuse"),
]

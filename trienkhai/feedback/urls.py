from django.urls import path, re_path

from trienkhai.feedback import views

app_name = "feedback"

urlpatterns = [
    path("y-kien", views.overview, name="overview"),
    path("y-kien/de-xuat/moi", views.proposal_new, name="proposal_new"),
    path("y-kien/de-xuat/<int:pk>", views.proposal, name="proposal"),
    path("y-kien/de-xuat/<int:pk>/chuyen", views.proposal_pass_on, name="proposal_pass_on"),
    path("y-kien/de-xuat/<int:pk>/tra-loi", views.proposal_answer, name="proposal_answer"),
    path("y-kien/de-xuat/<int:pk>/rut", views.proposal_withdraw, name="proposal_withdraw"),
    path("y-kien/co-ten", views.remarks, name="remarks"),
    path("y-kien/co-ten/moi", views.remark_new, name="remark_new"),
    path("y-kien/co-ten/<int:pk>", views.remark, name="remark"),
    path("y-kien/co-ten/<int:pk>/doc", views.remark_read, name="remark_read"),
    path("y-kien/co-ten/<int:pk>/tra-loi", views.remark_answer, name="remark_answer"),
    path("y-kien/co-ten/<int:pk>/len-tren", views.remark_send_up, name="remark_send_up"),
    path("y-kien/khong-ten", views.letters, name="letters"),
    path("y-kien/khong-ten/<int:pk>", views.letter, name="letter"),
    path("y-kien/khong-ten/<int:pk>/tra-loi", views.letter_answer, name="letter_answer"),
    path("y-kien/khong-ten/<int:pk>/tep", views.letter_file, name="letter_file"),
    path("y-kien/du-thao", views.consultations, name="consultations"),
    path("y-kien/du-thao/moi", views.consultation_new, name="consultation_new"),
    path("y-kien/du-thao/<int:pk>", views.consultation, name="consultation"),
    path("y-kien/du-thao/<int:pk>/ket-thuc", views.consultation_close, name="consultation_close"),
    path("y-kien/du-thao/<int:pk>/rut", views.consultation_withdraw, name="consultation_withdraw"),
    path("y-kien/du-thao/<int:pk>/doi-han", views.consultation_move, name="consultation_move"),
    path("y-kien/du-thao/<int:pk>/ban-hanh", views.consultation_summary, name="consultation_summary"),
    path("y-kien/du-thao/<int:pk>/tong-hop.<str:suffix>", views.consultation_file, name="consultation_file"),
    path("y-kien/du-thao/don-vi/<int:pk>", views.opinions, name="opinions"),
    path("y-kien/du-thao/y-kien/<int:pk>", views.opinion_reply, name="opinion_reply"),
    path("y-kien/tiep-nhan/<int:unit>", views.posts, name="posts"),
    path("gop-y", views.unnamed, name="unnamed"),
    re_path(r"^gop-y/tep/(?P<name>(?:\w[\w.-]*/)*\w[\w.-]*)$", views.unnamed_part, name="unnamed_part"),
    path("gop-y/gui", views.unnamed_send, name="unnamed_send"),
    path("gop-y/tra-loi", views.unnamed_answer, name="unnamed_answer"),
]

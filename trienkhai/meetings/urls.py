from django.urls import path

from trienkhai.meetings import views

app_name = "meetings"

urlpatterns = [
    path("sinh-hoat", views.calendar, name="calendar"),
    path("sinh-hoat/cap-duoi", views.below, name="below"),
    path("sinh-hoat/cap-duoi/<slug:fact>", views.below_rows, name="below_rows"),
    path("sinh-hoat/<int:unit>/them", views.add, name="add"),
    path("sinh-hoat/<int:unit>/lap-nam", views.plan_year, name="plan_year"),
    path("cuoc-hop/ngoai-tuyen.js", views.worker, name="worker"),
    path("cuoc-hop/<int:pk>", views.meeting, name="meeting"),
    path("cuoc-hop/<int:pk>/sua", views.change, name="change"),
    path("cuoc-hop/<int:pk>/khong-hop", views.cancel, name="cancel"),
    path("cuoc-hop/<int:pk>/moi", views.invite, name="invite"),
    path("cuoc-hop/<int:pk>/chuong-trinh", views.agenda, name="agenda"),
    path("cuoc-hop/<int:pk>/chuong-trinh/mau", views.agenda_take, name="agenda_take"),
    path("cuoc-hop/noi-dung/<int:pk>/bo", views.item_remove, name="item_remove"),
    path("cuoc-hop/noi-dung/<int:pk>/tai-lieu", views.paper_add, name="paper_add"),
    path("cuoc-hop/tai-lieu/<int:pk>/bo", views.paper_remove, name="paper_remove"),
    path("cuoc-hop/<int:pk>/khai-mac", views.begin, name="begin"),
    path("cuoc-hop/<int:pk>/thanh-phan", views.turnout, name="turnout"),
    path("cuoc-hop/<int:pk>/bien-ban", views.minutes, name="minutes"),
    path("cuoc-hop/<int:pk>/bien-ban/luu", views.autosave, name="autosave"),
    path("cuoc-hop/<int:pk>/bieu-quyet", views.ballot_add, name="ballot_add"),
    path("cuoc-hop/bieu-quyet/<int:pk>/bo", views.ballot_remove, name="ballot_remove"),
    path("cuoc-hop/<int:pk>/ket-luan", views.conclusion_add, name="conclusion_add"),
    path("cuoc-hop/ket-luan/<int:pk>/bo", views.conclusion_remove, name="conclusion_remove"),
    path("cuoc-hop/ket-luan/<int:pk>/giao", views.conclusion_give, name="conclusion_give"),
    path("cuoc-hop/<int:pk>/khoa", views.close, name="close"),
    path("cuoc-hop/<int:pk>/dinh-chinh", views.correct, name="correct"),
    path("cuoc-hop/<int:pk>/gui-len", views.send_up, name="send_up"),
    path("sinh-hoat/cham-diem", views.scores, name="scores"),
    path("cuoc-hop/<int:pk>/cham-diem", views.score_start, name="score_start"),
    path("cuoc-hop/phieu-diem/<int:pk>", views.score, name="score"),
    path("cuoc-hop/phieu-diem/<int:pk>/so-lieu/<slug:code>", views.score_rows, name="score_rows"),
    path("cuoc-hop/<int:pk>/nghi-quyet", views.resolution, name="resolution"),
]

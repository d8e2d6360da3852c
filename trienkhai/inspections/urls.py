from django.urls import path

from trienkhai.inspections import views

app_name = "inspections"

urlpatterns = [
    path("kiem-tra", views.programmes, name="programmes"),
    path("kiem-tra/cong-viec", views.work, name="work"),
    path("kiem-tra/don-vi/<int:unit>", views.history, name="history"),
    path("kiem-tra/lap/<int:unit>", views.begin, name="begin"),
    path("kiem-tra/chuong-trinh/<int:pk>", views.programme, name="programme"),
    path("kiem-tra/chuong-trinh/<int:pk>/sua", views.programme_change, name="programme_change"),
    path("kiem-tra/chuong-trinh/<int:pk>/them", views.item_add, name="item_add"),
    path("kiem-tra/chuong-trinh/<int:pk>/trinh", views.submit, name="submit"),
    path("kiem-tra/chuong-trinh/<int:pk>/duyet", views.approve, name="approve"),
    path("kiem-tra/noi-dung/<int:pk>", views.item, name="item"),
    path("kiem-tra/noi-dung/<int:pk>/sua", views.item_change, name="item_change"),
    path("kiem-tra/noi-dung/<int:pk>/bo", views.item_remove, name="item_remove"),
    path("kiem-tra/noi-dung/<int:pk>/doan", views.team, name="team"),
    path("kiem-tra/noi-dung/<int:pk>/don-vi", views.subject_add, name="subject_add"),
    path("kiem-tra/noi-dung/<int:pk>/chon", views.draw, name="draw"),
    path("kiem-tra/luot-chon/<int:pk>", views.drawing, name="drawing"),
    path("kiem-tra/luot-chon/<int:pk>/<int:unit>", views.candidate, name="candidate"),
    path("kiem-tra/cuoc/<int:pk>", views.inspection, name="inspection"),
    path("kiem-tra/cuoc/<int:pk>/bat-dau", views.start, name="start"),
    path("kiem-tra/cuoc/<int:pk>/buoc-sau", views.next_step, name="next_step"),
    path("kiem-tra/cuoc/<int:pk>/gia-han", views.extend, name="extend"),
    path("kiem-tra/cuoc/<int:pk>/khong-tien-hanh", views.drop, name="drop"),
    path("kiem-tra/cuoc/<int:pk>/de-cuong", views.point_add, name="point_add"),
    path("kiem-tra/cuoc/<int:pk>/ton-tai", views.finding_add, name="finding_add"),
    path("kiem-tra/cuoc/<int:pk>/ket-luan", views.conclusion, name="conclusion"),
    path("kiem-tra/cuoc/<int:pk>/ban-hanh", views.conclude, name="conclude"),
    path("kiem-tra/cuoc/<int:pk>/giao", views.give, name="give"),
    path("kiem-tra/de-cuong/<int:pk>", views.point, name="point"),
    path("kiem-tra/de-cuong/<int:pk>/bo", views.point_remove, name="point_remove"),
    path("kiem-tra/de-cuong/<int:pk>/minh-chung", views.point_proof, name="point_proof"),
    path("kiem-tra/ton-tai/<int:pk>", views.finding, name="finding"),
    path("kiem-tra/ton-tai/<int:pk>/bo", views.finding_remove, name="finding_remove"),
    path("kiem-tra/ton-tai/<int:pk>/minh-chung", views.finding_proof, name="finding_proof"),
    path("kiem-tra/ton-tai/<int:pk>/chap-nhan", views.accept, name="accept"),
    path("kiem-tra/minh-chung/<int:pk>", views.proof, name="proof"),
]

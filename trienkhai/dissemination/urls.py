from django.urls import path

from trienkhai.dissemination import views

app_name = "dissemination"

urlpatterns = [
    path("quan-triet", views.mine, name="mine"),
    path("quan-triet/gui-xuong/<int:pk>", views.send, name="send"),
    path("quan-triet/lan-gui/<int:pk>", views.sending, name="sending"),
    path("quan-triet/lan-gui/<int:pk>/nhac", views.remind, name="remind"),
    path("quan-triet/tiep-nhan/<int:pk>", views.acknowledge, name="acknowledge"),
    path("quan-triet/tiep-nhan-tat-ca", views.acknowledge_all, name="acknowledge_all"),
    path("quan-triet/tiep-nhan/<int:pk>/ket-thuc", views.close, name="close"),
    path("quan-triet/van-ban/<int:pk>", views.study, name="study"),
    path("quan-triet/van-ban/<int:pk>/ke-hoach", views.plan_make, name="plan_make"),
    path("quan-triet/ke-hoach/<int:pk>", views.plan, name="plan"),
    path("quan-triet/ke-hoach/<int:pk>/sua", views.plan_change, name="plan_change"),
    path("quan-triet/ke-hoach/<int:pk>/buoi-hoc", views.session_add, name="session_add"),
    path("quan-triet/buoi-hoc/<int:pk>/sua", views.session_change, name="session_change"),
    path("quan-triet/buoi-hoc/<int:pk>/huy", views.session_cancel, name="session_cancel"),
    path("quan-triet/buoi-hoc/<int:pk>/ket-qua", views.session_result, name="session_result"),
    path("quan-triet/buoi-hoc/<int:pk>/tai-lieu", views.session_file_add, name="session_file_add"),
    path("quan-triet/tai-lieu/<int:pk>", views.session_file, name="session_file"),
]

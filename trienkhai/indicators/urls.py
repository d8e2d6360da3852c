from django.urls import path

from trienkhai.indicators import views

app_name = "indicators"

urlpatterns = [
    path("chi-tieu", views.listing, name="list"),
    path("chi-tieu/them", views.add, name="add"),
    path("chi-tieu/nhap", views.entering, name="entering"),
    path("chi-tieu/duyet", views.waiting, name="waiting"),
    path("chi-tieu/<int:pk>", views.indicator, name="indicator"),
    path("chi-tieu/<int:pk>/bang.xlsx", views.export, name="export"),
    path("chi-tieu/<int:pk>/so-tong-hop", views.parts, name="parts"),
    path("chi-tieu/<int:pk>/dinh-nghia", views.change, name="change"),
    path("chi-tieu/<int:pk>/gan-voi", views.links, name="links"),
    path("chi-tieu/<int:pk>/dong", views.close, name="close"),
    path("chi-tieu/<int:pk>/giao", views.give, name="give"),
    path("chi-tieu/<int:pk>/muc-giao", views.targets, name="targets"),
    path("chi-tieu/<int:pk>/trong-so", views.weights, name="weights"),
    path("chi-tieu/don-vi/<int:pk>/thu-hoi", views.take_back, name="take_back"),
    path("chi-tieu/don-vi/<int:pk>/so-lieu", views.history, name="history"),
    path("chi-tieu/so-lieu/<int:pk>/dinh-chinh", views.correct, name="correct"),
    path("chi-tieu/so-lieu/<int:pk>/minh-chung", views.file_add, name="file_add"),
    path("chi-tieu/minh-chung/<int:pk>", views.file, name="file"),
]

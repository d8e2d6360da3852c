from django.urls import include, path

from trienkhai.orgs import views

app_name = "orgs"
urlpatterns = [
    path("to-chuc", views.tree, name="tree"),
    path("to-chuc/<int:pk>/nhanh", views.branch, name="branch"),
    path("don-vi/<int:pk>", views.unit, name="unit"),
    path("don-vi/<int:pk>/sua", views.unit_edit, name="unit_edit"),
    path("don-vi/<int:pk>/them", views.unit_add, name="unit_add"),
    path("don-vi/<int:pk>/chuc-danh", views.post_add, name="post_add"),
    path("don-vi/<int:pk>/nhiem-ky", views.term_add, name="term_add"),
    path("nhiem-ky/<int:pk>/sua", views.term_edit, name="term_edit"),
    path("chuc-danh/<int:pk>/giao", views.post_give, name="post_give"),
    path("giu-chuc/<int:pk>/ket-thuc", views.holding_end, name="holding_end"),
    path("", include("trienkhai.orgs.urls_choosing")),
]

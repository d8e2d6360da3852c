"""Addresses of the area."""

from django.urls import path

from trienkhai.urging import views

app_name = "urging"
urlpatterns = [
    path("don-doc", views.overview, name="overview"),
    path("don-doc/tat-ca", views.call_all, name="call_all"),
    path("don-doc/cong-van", views.letter, name="letter"),
    path("don-doc/bac-thang/<int:unit>", views.ladder, name="ladder"),
    path("don-doc/luot/<int:pk>", views.run, name="run"),
    path("don-doc/loi/<int:pk>", views.called, name="called"),
    path("nhiem-vu/<int:pk>/don-doc", views.call, name="call"),
]

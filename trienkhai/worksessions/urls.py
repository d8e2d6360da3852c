"""Addresses of working sessions and their dossiers."""

from django.urls import path

from trienkhai.worksessions import views

app_name = "worksessions"
urlpatterns = [
    path("buoi-lam-viec", views.listing, name="list"),
    path("buoi-lam-viec/<int:upper>/them", views.add, name="add"),
    path("buoi-lam-viec/buoi/<int:pk>", views.session, name="session"),
    path("buoi-lam-viec/buoi/<int:pk>/sua", views.change, name="change"),
    path("buoi-lam-viec/buoi/<int:pk>/khong-lam-viec", views.cancel, name="cancel"),
    path("buoi-lam-viec/buoi/<int:pk>/thanh-phan", views.people, name="people"),
    path("buoi-lam-viec/buoi/<int:pk>/don-vi-neu", views.word_add, name="word_add"),
    path("buoi-lam-viec/don-vi-neu/<int:pk>/bo", views.word_remove, name="word_remove"),
    path("buoi-lam-viec/buoi/<int:pk>/lap-ho-so", views.dossier_make, name="dossier_make"),
    path("buoi-lam-viec/ho-so/<int:pk>", views.dossier, name="dossier"),
    path("buoi-lam-viec/ho-so/<int:pk>/dong", views.dossier_rows, name="dossier_rows"),
    path("buoi-lam-viec/ho-so/<int:pk>/tep/<slug:suffix>", views.dossier_file, name="dossier_file"),
    path("buoi-lam-viec/buoi/<int:pk>/ket-luan", views.conclusion_add, name="conclusion_add"),
    path("buoi-lam-viec/ket-luan/<int:pk>/bo", views.conclusion_remove, name="conclusion_remove"),
    path("buoi-lam-viec/buoi/<int:pk>/ket-thuc", views.end, name="end"),
    path("buoi-lam-viec/buoi/<int:pk>/thong-bao", views.notice, name="notice"),
]

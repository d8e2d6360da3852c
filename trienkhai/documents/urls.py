from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/tep/<int:pk>", views.file, name="file"),
    path("van-ban/tep/<int:pk>/xem", views.preview, name="preview"),
    path("van-ban/tep/<int:pk>/trang/<int:number>.png", views.preview_page, name="preview_page"),
    path("van-ban/tep/<int:pk>/word", views.preview_word, name="preview_word"),
    path("van-ban/<int:pk>/tep", views.files, name="files"),
    path("van-ban/<int:pk>/tep/them", views.file_add, name="file_add"),
    path("van-ban/<int:pk>", views.detail, name="detail"),
    path("van-ban/con-thieu", views.gaps, name="gaps"),
    path("van-ban/<int:pk>/quan-he", views.web, name="web"),
    path("van-ban/<int:pk>/quan-he/them", views.link_add, name="link_add"),
    path("van-ban/<int:pk>/hieu-luc", views.force_days, name="force_days"),
    path("van-ban/quan-he/<int:pk>/sua", views.link_correct, name="link_correct"),
    path("van-ban/quan-he/<int:pk>/bo", views.link_remove, name="link_remove"),
    path("van-ban/<int:pk>/sua", views.correct, name="correct"),
    path("van-ban/<int:pk>/cong-bo", views.publish, name="publish"),
    path("van-ban/<int:pk>/cach-ly", views.quarantine, name="quarantine"),
]

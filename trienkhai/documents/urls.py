from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/may-doc", views.phrases, name="phrases"),
    path("van-ban/may-doc/<int:pk>/bo", views.phrase_remove, name="phrase_remove"),
    path("van-ban/tep/<int:pk>", views.file, name="file"),
    path("van-ban/<int:pk>", views.detail, name="detail"),
    path("van-ban/<int:pk>/sua", views.correct, name="correct"),
    path("van-ban/<int:pk>/cong-bo", views.publish, name="publish"),
    path("van-ban/<int:pk>/cach-ly", views.quarantine, name="quarantine"),
]

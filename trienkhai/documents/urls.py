from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/luu-tim", views.save_search, name="save_search"),
    path("van-ban/tim-da-luu/<int:pk>/bo", views.remove_saved_search, name="remove_saved_search"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/tep/<int:pk>", views.file, name="file"),
    path("van-ban/<int:pk>", views.detail, name="detail"),
    path("van-ban/<int:pk>/sua", views.correct, name="correct"),
    path("van-ban/<int:pk>/cong-bo", views.publish, name="publish"),
    path("van-ban/<int:pk>/cach-ly", views.quarantine, name="quarantine"),
]

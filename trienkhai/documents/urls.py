from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/tep/<int:pk>", views.file, name="file"),
    path("van-ban/du-thao", views.drafts, name="drafts"),
    path("van-ban/du-thao/moi", views.draft_new, name="draft_new"),
    path("van-ban/du-thao/xem-thu/<int:unit>", views.draft_preview, name="draft_preview"),
    path("van-ban/du-thao/<int:pk>", views.draft, name="draft"),
    path("van-ban/du-thao/<int:pk>/sua", views.draft_edit, name="draft_edit"),
    path("van-ban/du-thao/<int:pk>/tai/<slug:suffix>", views.draft_file, name="draft_file"),
    path("van-ban/du-thao/<int:pk>/ban/<int:number>", views.draft_version, name="draft_version"),
    path("van-ban/du-thao/<int:pk>/ban-hanh", views.draft_finish, name="draft_finish"),
    path("van-ban/du-thao/<int:pk>/bo", views.draft_drop, name="draft_drop"),
    path("van-ban/mau", views.templates, name="templates"),
    path("van-ban/mau/<int:pk>", views.template_file, name="template_file"),
    path("van-ban/mau/<int:pk>/bo", views.template_remove, name="template_remove"),
    path("van-ban/mau/dung-san/<slug:system>", views.template_start, name="template_start"),
    path("van-ban/<int:pk>", views.detail, name="detail"),
    path("van-ban/<int:pk>/sua", views.correct, name="correct"),
    path("van-ban/<int:pk>/cong-bo", views.publish, name="publish"),
    path("van-ban/<int:pk>/cach-ly", views.quarantine, name="quarantine"),
]

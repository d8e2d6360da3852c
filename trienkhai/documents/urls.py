from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/may-doc", views.phrases, name="phrases"),
    path("van-ban/may-doc/<int:pk>/bo", views.phrase_remove, name="phrase_remove"),
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
    path("van-ban/<int:pk>/ho-so", views.into_dossier, name="into_dossier"),
    path("ho-so", views.dossiers, name="dossiers"),
    path("ho-so/moi", views.dossier_open, name="dossier_open"),
    path("ho-so/nop-luu", views.hand_over, name="hand_over"),
    path("ho-so/nop-luu.csv", views.hand_over_csv, name="hand_over_csv"),
    path("ho-so/<int:pk>", views.dossier, name="dossier"),
    path("ho-so/<int:pk>/sua", views.dossier_change, name="dossier_change"),
    path("ho-so/<int:pk>/dong", views.dossier_close, name="dossier_close"),
    path("ho-so/<int:pk>/mo-lai", views.dossier_reopen, name="dossier_reopen"),
    path("ho-so/<int:pk>/them/<int:document>", views.dossier_put, name="dossier_put"),
    path("ho-so/cho/<int:pk>/bo", views.dossier_take_out, name="dossier_take_out"),
]

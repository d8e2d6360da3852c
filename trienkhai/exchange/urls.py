from django.urls import path, re_path

from trienkhai.exchange import views

app_name = "exchange"
urlpatterns = [
    path("van-ban/truc", views.packets, name="packets"),
    path("van-ban/truc/nhan", views.packets_take, name="packets_take"),
    path("van-ban/truc/<int:pk>", views.dispatch, name="dispatch"),
    path("van-ban/<int:pk>/truc", views.send, name="send"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep", views.book, name="book"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep.xlsx", views.book_xlsx, name="book_xlsx"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep.csv", views.book_csv, name="book_csv"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep/thu", views.book_try, name="book_try"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep/loi.xlsx", views.book_marked, name="book_marked"),
    path("to-chuc/<int:pk>/so/<slug:slug>/tep/nhap", views.book_import, name="book_import"),
    path("to-chuc/tep/dot/<int:pk>", views.file_job, name="file_job"),
    path("to-chuc/tep/dot/<int:pk>/loi.xlsx", views.file_job_marked, name="file_job_marked"),
    path("to-chuc/tep/dot/<int:pk>/nhap", views.file_job_store, name="file_job_store"),
    path("to-chuc/<int:pk>/tep", views.units, name="units"),
    path("to-chuc/<int:pk>/tep.xlsx", views.units_xlsx, name="units_xlsx"),
    re_path(r"^to-chuc/(?P<pk>\d+)/(?P<name>units|posts)\.csv$", views.table_csv, name="table_csv"),
    path("to-chuc/<int:pk>/tep/thu", views.units_try, name="units_try"),
    path("to-chuc/<int:pk>/tep/loi.xlsx", views.units_marked, name="units_marked"),
    path("to-chuc/<int:pk>/tep/nhap", views.units_import, name="units_import"),
]

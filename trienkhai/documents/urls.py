from django.urls import path

from trienkhai.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban", views.documents, name="list"),
    path("van-ban/nhan", views.upload, name="upload"),
    path("van-ban/so", views.books, name="books"),
    path("van-ban/so/<int:pk>/<str:slug>", views.book, name="book"),
    path("van-ban/day-so/<int:pk>/giai-trinh", views.gap, name="gap"),
    path("van-ban/day-so/<int:pk>/giu-so", views.reserve, name="reserve"),
    path("van-ban/vao-so/<int:pk>", views.entry, name="entry"),
    path("van-ban/vao-so/<int:pk>/sua", views.entry_edit, name="entry_edit"),
    path("van-ban/vao-so/<int:pk>/huy", views.entry_cancel, name="entry_cancel"),
    path("van-ban/vao-so/<int:pk>/phieu", views.slip_add, name="slip_add"),
    path("van-ban/vao-so/<int:pk>/<str:mark>", views.entry_mark, name="entry_mark"),
    path("van-ban/phieu/<int:pk>", views.slip, name="slip"),
    path("van-ban/phieu/<int:pk>/nhan", views.slip_receive, name="slip_receive"),
    path("van-ban/phieu/<int:pk>/tra", views.slip_return, name="slip_return"),
    path("van-ban/phieu/<int:pk>/xong", views.slip_finish, name="slip_finish"),
    path("van-ban/<int:pk>/vao-so", views.enter, name="enter"),
    path("van-ban/<int:pk>/thu-hoi", views.withdraw, name="withdraw"),
    path("van-ban/tep/<int:pk>", views.file, name="file"),
    path("van-ban/<int:pk>", views.detail, name="detail"),
    path("van-ban/<int:pk>/sua", views.correct, name="correct"),
    path("van-ban/<int:pk>/cong-bo", views.publish, name="publish"),
    path("van-ban/<int:pk>/cach-ly", views.quarantine, name="quarantine"),
]

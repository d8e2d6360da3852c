from django.urls import path

from trienkhai.people import views

app_name = "people"
urlpatterns = [
    path("dang-nhap", views.sign_in, name="sign_in"),
    path("dang-xuat", views.sign_out, name="sign_out"),
    path("ngon-ngu", views.language_choose, name="language_choose"),
    path("tai-khoan", views.profile, name="profile"),
    path("vao/<str:token>", views.enter, name="enter"),
]

from django.urls import path

from trienkhai.notices import views

app_name = "notices"
urlpatterns = [
    path("hop-thu", views.inbox, name="inbox"),
    path("hop-thu/da-doc", views.read_all, name="read_all"),
    path("hop-thu/<int:pk>", views.follow, name="follow"),
    path("tai-khoan/nhan-tin", views.settings, name="settings"),
    path("thoi-nhan-thu/<str:token>", views.unsubscribe, name="unsubscribe"),
    path("lich/<str:token>.ics", views.calendar, name="calendar"),
]

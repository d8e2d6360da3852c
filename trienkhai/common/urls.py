from django.urls import path

from trienkhai.common import views

app_name = "common"
urlpatterns = [
    path("tim", views.search, name="search"),
    path("suc-khoe", views.health, name="health"),
]

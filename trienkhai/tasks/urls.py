"""Addresses of the area."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from trienkhai.tasks import urls_giving


def _later(request: HttpRequest, pk: int = 0) -> HttpResponse:
    return HttpResponse("")


app_name = "tasks"
urlpatterns = [
    path("nhiem-vu", _later, name="list"),
    path("viec-cua-toi", _later, name="mine"),
    path("nhiem-vu/<int:pk>", _later, name="assignment"),
    *urls_giving.urlpatterns,
]

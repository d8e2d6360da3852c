from django.http import HttpRequest, HttpResponse
from django.urls import path


def _later(request: HttpRequest, pk: int = 0) -> HttpResponse:
    return HttpResponse("")


app_name = "tasks"
urlpatterns = [
    path("nhiem-vu", _later, name="list"),
    path("duyet", _later, name="approvals"),
    path("viec-cua-toi", _later, name="mine"),
    path("giao-viec/<int:pk>", _later, name="issue"),
    path("nhiem-vu/<int:pk>", _later, name="assignment"),
]

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _later(request: HttpRequest, pk: int = 0) -> HttpResponse:
    return HttpResponse("")


app_name = "documents"
urlpatterns = [path("van-ban", _later, name="list"), path("van-ban/<int:pk>", _later, name="detail")]

"""Addresses of the area."""

from trienkhai.tasks import urls_coordinating, urls_giving, urls_programme, urls_work

app_name = "tasks"
urlpatterns = [
    *urls_work.urlpatterns,
    *urls_giving.urlpatterns,
    *urls_programme.urlpatterns,
    *urls_coordinating.urlpatterns,
]

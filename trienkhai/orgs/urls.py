from django.urls import include, path

from trienkhai.orgs import urls_accounts, urls_comparing, urls_posts, urls_reorganising, urls_roster, views

app_name = "orgs"
urlpatterns = [
    path("to-chuc", views.tree, name="tree"),
    path("to-chuc/<int:pk>/nhanh", views.branch, name="branch"),
    path("don-vi/<int:pk>", views.unit, name="unit"),
    path("don-vi/<int:pk>/sua", views.unit_edit, name="unit_edit"),
    path("don-vi/<int:pk>/them", views.unit_add, name="unit_add"),
    path("don-vi/<int:pk>/nhiem-ky", views.term_add, name="term_add"),
    path("nhiem-ky/<int:pk>/sua", views.term_edit, name="term_edit"),
    path("", include("trienkhai.orgs.urls_choosing")),
    *urls_posts.urlpatterns,
    *urls_accounts.urlpatterns,
    *urls_reorganising.urlpatterns,
    *urls_comparing.urlpatterns,
    *urls_roster.urlpatterns,
]

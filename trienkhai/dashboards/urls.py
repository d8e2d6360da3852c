from django.urls import path

from trienkhai.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("bang-dieu-hanh/<int:pk>", views.board, name="board"),
    path("bang-dieu-hanh/<int:pk>/bang-in", views.sheet, name="sheet"),
    path("bang-dieu-hanh/<int:pk>/bang-in.xlsx", views.sheet_xlsx, name="sheet_xlsx"),
    path("bang-dieu-hanh/<int:pk>/chot", views.sheet_issue, name="sheet_issue"),
    path("bang-dieu-hanh/<int:pk>/da-chot", views.issued_list, name="issued_list"),
    path("bang-dieu-hanh/da-chot/<int:pk>", views.issued, name="issued"),
    path("bang-dieu-hanh/da-chot/<int:pk>.xlsx", views.issued_xlsx, name="issued_xlsx"),
    path("bang-dieu-hanh/<int:pk>/ky-luat", views.discipline, name="discipline"),
    path("bang-dieu-hanh/<int:pk>/ky-luat.xlsx", views.discipline_xlsx, name="discipline_xlsx"),
    path("bang-dieu-hanh/<int:pk>/ky-luat/<slug:key>", views.discipline_rows, name="discipline_rows"),
    path("nhat-ky", views.acts, name="acts"),
    path("nhat-ky/<int:pk>", views.act, name="act"),
]

from django.urls import path

from trienkhai.conduct.views import branches, commitments, spreading, years

app_name = "conduct"

urlpatterns = [
    path("neu-guong", years.year, name="year"),
    path("neu-guong/cap-duoi", branches.below, name="below"),
    path("neu-guong/cap-duoi/<slug:fact>", branches.rows, name="below_rows"),
    path("neu-guong/<int:unit>/chu-de", spreading.theme, name="theme"),
    path("neu-guong/<int:unit>/cam-ket", commitments.commit, name="commit"),
    path("neu-guong/<int:unit>/so-luong", spreading.count, name="count"),
    path("neu-guong/<int:unit>/guong-tot", spreading.example_add, name="example_add"),
    path("neu-guong/guong-tot/<int:pk>/bo", spreading.example_remove, name="example_remove"),
    path("neu-guong/cam-ket/<int:pk>", commitments.commitment, name="commitment"),
    path("neu-guong/cam-ket/<int:pk>/xem", commitments.read, name="read"),
    path("neu-guong/cam-ket/<int:pk>/tu-kiem-diem/<slug:period>", commitments.report, name="report"),
    path("neu-guong/nhan-xet/<int:pk>", commitments.comment, name="comment"),
    path("neu-guong/nhan-xet/<int:pk>/tep", commitments.evidence, name="evidence"),
]

"""Addresses of co-ordination with partners."""

from django.urls import path

from trienkhai.tasks.views import coordinating

urlpatterns = [
    path("phoi-hop", coordinating.coordination, name="coordination"),
    path("phoi-hop/doi-tac-moi", coordinating.partnership_open, name="partnership_open"),
    path("phoi-hop/doi-tac/<int:pk>", coordinating.partnership, name="partnership"),
    path("phoi-hop/doi-tac/<int:pk>/ket-thuc", coordinating.partnership_end, name="partnership_end"),
    path("phoi-hop/doi-tac/<int:pk>/van-ban", coordinating.paper_add, name="paper_add"),
    path("phoi-hop/xin-y-kien", coordinating.opinion_ask, name="opinion_ask"),
    path("phoi-hop/y-kien/<int:pk>", coordinating.opinion, name="opinion"),
    path("phoi-hop/y-kien/<int:pk>/tra-loi", coordinating.opinion_answer, name="opinion_answer"),
    path("phoi-hop/y-kien/<int:pk>/rut", coordinating.opinion_withdraw, name="opinion_withdraw"),
]

"""Addresses of comparisons of models, included by `urls`."""

from django.urls import path

from trienkhai.orgs.views import comparing, comparing_verbs

urlpatterns = [
    path("to-chuc/so-sanh", comparing.comparisons, name="comparisons"),
    path("to-chuc/so-sanh/moi", comparing_verbs.comparison_new, name="comparison_new"),
    path("to-chuc/so-sanh/<int:pk>", comparing.comparison, name="comparison"),
    path("to-chuc/so-sanh/<int:pk>/don-vi", comparing.comparison_rows, name="comparison_rows"),
    path("to-chuc/so-sanh/<int:pk>/bang-tinh", comparing.comparison_sheet, name="comparison_sheet"),
    path("to-chuc/so-sanh/<int:pk>/sua", comparing_verbs.comparison_edit, name="comparison_edit"),
    path("to-chuc/so-sanh/<int:pk>/chi-phi", comparing_verbs.comparison_costs, name="comparison_costs"),
    path("to-chuc/so-sanh/<int:pk>/chay-thu", comparing_verbs.comparison_try, name="comparison_try"),
    path("to-chuc/so-sanh/<int:pk>/lay-y-kien", comparing_verbs.comparison_ask, name="comparison_ask"),
    path("to-chuc/so-sanh/<int:pk>/dong-y-kien", comparing_verbs.comparison_close, name="comparison_close"),
    path("to-chuc/so-sanh/<int:pk>/chon", comparing_verbs.comparison_choose, name="comparison_choose"),
    path("to-chuc/y-kien-mo-hinh/<int:pk>", comparing_verbs.opinion_give, name="opinion_give"),
]

"""Addresses of reorganisation files, included by `urls`."""

from django.urls import path

from trienkhai.orgs.views import choosing_planned, reorganising, reorganising_steps

urlpatterns = [
    path("to-chuc/phuong-an", reorganising.reorganisations, name="reorganisations"),
    path("to-chuc/phuong-an/moi", reorganising.reorganisation_new, name="reorganisation_new"),
    path("to-chuc/phuong-an/<int:pk>", reorganising.reorganisation, name="reorganisation"),
    path("to-chuc/phuong-an/<int:pk>/sua", reorganising.reorganisation_edit, name="reorganisation_edit"),
    path("to-chuc/phuong-an/<int:pk>/chay-thu", reorganising.reorganisation_try, name="reorganisation_try"),
    path("to-chuc/phuong-an/<int:pk>/trinh", reorganising.reorganisation_submit, name="reorganisation_submit"),
    path("to-chuc/phuong-an/<int:pk>/duyet", reorganising.reorganisation_approve, name="reorganisation_approve"),
    path("to-chuc/phuong-an/<int:pk>/tra-lai", reorganising.reorganisation_return, name="reorganisation_return"),
    path("to-chuc/phuong-an/<int:pk>/gac-lai", reorganising.reorganisation_aside, name="reorganisation_aside"),
    path("to-chuc/phuong-an/<int:pk>/thu-hoi", reorganising.reorganisation_take_back, name="reorganisation_take_back"),
    path("to-chuc/phuong-an/<int:pk>/buoc/<slug:kind>", reorganising_steps.step_add, name="step_add"),
    path("to-chuc/phuong-an/<int:pk>/chon-don-vi", choosing_planned.step_units, name="step_units"),
    path("to-chuc/buoc/<int:pk>", reorganising_steps.step_edit, name="step_edit"),
    path("to-chuc/buoc/<int:pk>/xep", reorganising_steps.step_shift, name="step_shift"),
    path("to-chuc/buoc/<int:pk>/lua-chon", reorganising_steps.step_choices, name="step_choices"),
]

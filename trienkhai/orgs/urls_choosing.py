from django.urls import path

from trienkhai.orgs.views.choosing import unit_choices

urlpatterns = [path("to-chuc/chon-don-vi", unit_choices, name="unit_choices")]

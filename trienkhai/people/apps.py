from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trienkhai.people"
    label = "people"

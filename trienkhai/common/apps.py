from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "trienkhai.common"
    label = "common"

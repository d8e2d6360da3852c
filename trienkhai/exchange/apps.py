from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "trienkhai.exchange"
    label = "exchange"

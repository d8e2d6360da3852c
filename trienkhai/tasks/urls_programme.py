"""Addresses of programmes and focuses."""

from django.urls import path

from trienkhai.tasks.views import focusing, programme, programme_items

urlpatterns = [
    path("chuong-trinh", programme.programmes, name="programmes"),
    path("chuong-trinh/them", programme.programme_open, name="programme_open"),
    path("chuong-trinh/<int:pk>", programme.programme, name="programme"),
    path("chuong-trinh/<int:pk>/nguon", programme.programme_source, name="programme_source"),
    path("chuong-trinh/<int:pk>/ban-hanh", programme.programme_in_force, name="programme_in_force"),
    path("chuong-trinh/<int:pk>/du-thao", programme.programme_draft, name="programme_draft"),
    path("chuong-trinh/<int:pk>/giao-viec", programme.programme_give, name="programme_give"),
    path("chuong-trinh/<int:pk>/chuyen-tiep", programme.programme_carry, name="programme_carry"),
    path("chuong-trinh/<int:pk>/lay-tu-tren", programme.programme_take, name="programme_take"),
    path("chuong-trinh/<int:pk>/them", programme_items.item_add, name="item_add"),
    path("dau-viec/<int:pk>", programme_items.item, name="item"),
    path("dau-viec/<int:pk>/sua", programme_items.item_edit, name="item_edit"),
    path("dau-viec/<int:pk>/bo", programme_items.item_drop, name="item_drop"),
    path("dau-viec/<int:pk>/xong", programme_items.item_done, name="item_done"),
    path("dau-viec/<int:pk>/mo-lai", programme_items.item_reopen, name="item_reopen"),
    path("trong-tam", focusing.focuses, name="focuses"),
    path("trong-tam/them", focusing.focus_add, name="focus_add"),
    path("trong-tam/<int:pk>", focusing.focus, name="focus"),
    path("trong-tam/<int:pk>/sua", focusing.focus_edit, name="focus_edit"),
    path("trong-tam/<int:pk>/ket-thuc", focusing.focus_end, name="focus_end"),
    path("trong-tam/<int:pk>/kiem-diem", focusing.focus_review, name="focus_review"),
]

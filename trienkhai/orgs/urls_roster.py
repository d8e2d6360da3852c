"""Addresses of lists of members by name; part of the addresses of `orgs`."""

from django.urls import path

from trienkhai.orgs.views import roster, roster_rows, roster_sheet, roster_switches

urlpatterns = [
    path("danh-sach-dang-vien", roster_switches.rosters, name="rosters"),
    path("danh-sach-dang-vien/<int:pk>/tat", roster_switches.switch_off, name="roster_off"),
    path("don-vi/<int:pk>/danh-sach/bat", roster_switches.switch_on, name="roster_on"),
    path("don-vi/<int:pk>/danh-sach", roster.roster, name="roster"),
    path("don-vi/<int:pk>/danh-sach/them", roster.member_add, name="roster_add"),
    path("don-vi/<int:pk>/danh-sach/tai-ve", roster_sheet.download, name="roster_download"),
    path("don-vi/<int:pk>/danh-sach/bang-tinh", roster_sheet.sheet, name="roster_sheet"),
    path("don-vi/<int:pk>/danh-sach/bang-tinh/nhap", roster_sheet.take, name="roster_take"),
    path("muc-danh-sach/<int:pk>/dien", roster_rows.class_change, name="roster_class"),
    path("muc-danh-sach/<int:pk>/chuyen", roster_rows.transfer, name="roster_transfer"),
    path("muc-danh-sach/<int:pk>/ket-thuc", roster_rows.end, name="roster_end"),
    path("muc-danh-sach/<int:pk>/dinh-chinh", roster_rows.correct, name="roster_correct"),
    path("muc-danh-sach/<int:pk>/bo", roster_rows.remove, name="roster_remove"),
    path("muc-danh-sach/<int:pk>/xoa-ten", roster_rows.erase, name="roster_erase"),
    path("chuyen-den/<int:pk>/tiep-nhan", roster_rows.transfer_accept, name="roster_accept"),
    path("chuyen-den/<int:pk>/tra-loi", roster_rows.transfer_decline, name="roster_decline"),
    path("chuyen-den/<int:pk>/rut", roster_rows.transfer_withdraw, name="roster_withdraw"),
]

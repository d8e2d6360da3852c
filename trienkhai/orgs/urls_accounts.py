"""Addresses of accounts, invitations, the review of rights, and who sees what."""

from django.urls import path

from trienkhai.orgs.views import accounts, explaining, inviting_sheet, reviewing

urlpatterns = [
    path("quan-ly-tai-khoan", accounts.accounts, name="accounts"),
    path("quan-ly-tai-khoan/moi", accounts.invite, name="account_invite"),
    path("quan-ly-tai-khoan/ten-dang-nhap", accounts.user_name, name="account_user_name"),
    path("quan-ly-tai-khoan/bang-tinh", inviting_sheet.sheet, name="account_sheet"),
    path("quan-ly-tai-khoan/bang-tinh/mau", inviting_sheet.sheet_model, name="account_sheet_model"),
    path("quan-ly-tai-khoan/bang-tinh/moi", inviting_sheet.sheet_invite, name="account_sheet_invite"),
    path("quan-ly-tai-khoan/<int:pk>", accounts.account, name="account"),
    path("quan-ly-tai-khoan/<int:pk>/lien-ket", accounts.account_link, name="account_link"),
    path("quan-ly-tai-khoan/<int:pk>/dong", accounts.account_close, name="account_close"),
    path("quan-ly-tai-khoan/<int:pk>/mo", accounts.account_open, name="account_open"),
    path("loi-moi/<int:pk>/rut", accounts.invitation_withdraw, name="invitation_withdraw"),
    path("ra-soat-quyen", reviewing.reviews, name="reviews"),
    path("don-vi/<int:pk>/ra-soat-quyen", reviewing.review_open, name="review_open"),
    path("ra-soat-quyen/<int:pk>", reviewing.review, name="review"),
    path("ra-soat-quyen/<int:pk>/quyet-dinh", reviewing.review_decide, name="review_decide"),
    path("ra-soat-quyen/<int:pk>/dong", reviewing.review_close, name="review_close"),
    path("ai-duoc-xem/<slug:kind>/<int:pk>", explaining.sight, name="sight"),
]

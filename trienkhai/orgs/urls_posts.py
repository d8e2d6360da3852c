"""Addresses of posts, deputies, people and numbers of members; part of the addresses of `orgs`."""

from django.urls import path

from trienkhai.orgs.views import deputies, members, people, posts

urlpatterns = [
    path("chuc-danh", posts.posts, name="posts"),
    path("chuc-danh/<int:pk>", posts.post, name="post"),
    path("chuc-danh/<int:pk>/sua", posts.post_edit, name="post_edit"),
    path("chuc-danh/<int:pk>/bai-bo", posts.post_abolish, name="post_abolish"),
    path("chuc-danh/<int:pk>/giao", posts.post_give, name="post_give"),
    path("don-vi/<int:pk>/chuc-danh", posts.post_add, name="post_add"),
    path("don-vi/<int:pk>/chiu-trach-nhiem", posts.responsible, name="responsible"),
    path("giu-chuc/<int:pk>/ket-thuc", posts.holding_end, name="holding_end"),
    path("giu-chuc/<int:pk>/ban-giao", posts.hand_over, name="hand_over"),
    path("giu-chuc/<int:pk>/uy-quyen", deputies.deputy_set, name="deputy_set"),
    path("uy-quyen", deputies.deputies, name="deputies"),
    path("can-bo/<int:pk>", people.person, name="person"),
    path("can-bo/<int:pk>/boi-duong", people.training, name="training"),
    path("can-bo/<int:pk>/boi-duong/them", people.training_add, name="training_add"),
    path("boi-duong/<int:pk>/bo", people.training_remove, name="training_remove"),
    path("dang-vien", members.members, name="members"),
    path("dang-vien/<int:pk>/nhap", members.members_tell, name="members_tell"),
]

from django.urls import path

from trienkhai.oversight.views import democracy, subjects, supervising

app_name = "oversight"

urlpatterns = [
    path("giam-sat", supervising.plans, name="plans"),
    path("giam-sat/kien-nghi", supervising.recommendations, name="recommendations"),
    path("giam-sat/<int:unit>/ke-hoach", supervising.plan_add, name="plan_add"),
    path("giam-sat/ke-hoach/<int:pk>", supervising.plan, name="plan"),
    path("giam-sat/ke-hoach/<int:pk>/noi-dung", supervising.subject_add, name="subject_add"),
    path("giam-sat/ke-hoach/<int:pk>/cong-bo", supervising.announce, name="announce"),
    path("giam-sat/noi-dung/<int:pk>", subjects.subject, name="subject"),
    path("giam-sat/noi-dung/<int:pk>/ket-qua", subjects.held, name="held"),
    path("giam-sat/noi-dung/<int:pk>/khong-lam", subjects.subject_drop, name="subject_drop"),
    path("giam-sat/noi-dung/<int:pk>/kien-nghi", subjects.recommend, name="recommend"),
    path("giam-sat/kien-nghi/<int:pk>/tra-loi", subjects.reply, name="reply"),
    path("giam-sat/chuong-trinh", supervising.standing, name="standing"),
    path("dan-chu", democracy.democracy, name="democracy"),
    path("dan-chu/qua-han", democracy.overdue, name="overdue"),
    path("dan-chu/<int:unit>/them", democracy.matter_add, name="matter_add"),
    path("dan-chu/<int:unit>/lay-mau", democracy.usual_take, name="usual_take"),
    path("dan-chu/<int:unit>/hoi", democracy.question_add, name="question_add"),
    path("dan-chu/viec/<int:pk>/bo", democracy.matter_drop, name="matter_drop"),
    path("dan-chu/viec/<int:pk>/minh-chung", democracy.proof_add, name="proof_add"),
    path("dan-chu/minh-chung/<int:pk>/bo", democracy.proof_remove, name="proof_remove"),
    path("dan-chu/minh-chung/<int:pk>/tep", democracy.proof_file, name="proof_file"),
    path("dan-chu/hoi/<int:pk>/tra-loi", democracy.question_answer, name="question_answer"),
]

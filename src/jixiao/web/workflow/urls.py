"""The way of sheets: handing in, where they are, taking back, adjusting."""

from __future__ import annotations

from django.urls import URLPattern, path

from jixiao.web.workflow import approving_views, control_views, flow_views, progress_views, views

urlpatterns: list[URLPattern] = [
    path("sets/<int:unit>/submit", views.submit, name="set-submit"),
    path("sets/<int:unit>/withdraw", views.withdraw_set, name="set-withdraw"),
    path("sheets/<int:key>/way", views.way, name="sheet-way"),
    path("sheets/<int:key>/withdraw", views.withdraw, name="sheet-withdraw"),
    path("sheets/<int:key>/adjust", views.adjust, name="sheet-adjust"),
    path("controls/", control_views.controls_page, name="controls"),
    path("flow/", flow_views.flow_page, name="flow"),
    path("flow/keep", flow_views.flow_keep, name="flow-keep"),
    path("flow/<int:round>", flow_views.flow_choose, name="flow-choose"),
    path("progress/", progress_views.progress_page, name="progress"),
    path("progress/remind", progress_views.remind_page, name="progress-remind"),
    path("progress/phones", progress_views.phones, name="progress-phones"),
    path("progress/export", progress_views.export, name="progress-export"),
    path("approval/", approving_views.approve_page, name="approval"),
    path("approval/<int:unit>/hold", approving_views.hold_back, name="approval-hold"),
    path("approval/<int:unit>/let-go", approving_views.let_go, name="approval-let-go"),
    path("approval/<int:unit>/preview", approving_views.preview, name="approval-preview"),
    path("approval/batches/<int:key>", approving_views.batch, name="approval-batch"),
    path("approval/batches/<int:key>/progress", approving_views.progress, name="approval-progress"),
    path("approval/batches/<int:key>/go-on", approving_views.go_on, name="approval-go-on"),
    path("approvals/", approving_views.approvals, name="approvals"),
    path("approvals/<int:key>", approving_views.given, name="approval-given"),
    path("approvals/<int:key>/hand-down", approving_views.hand_down, name="approval-hand-down"),
    path("approvals/<int:key>/letter", approving_views.letter, name="approval-letter"),
]

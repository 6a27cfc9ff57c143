"""The desk."""

from __future__ import annotations

from django.urls import path

from jixiao.web.desk import downloads, project_lists, single, views

urlpatterns = [
    path("desk/enter", single.enter, name="desk-enter"),
    path("<int:year>/intake/", views.desk, name="intake"),
    path("<int:year>/intake/queue", views.queue_part, name="desk-queue"),
    path("<int:year>/intake/upload", views.upload, name="desk-upload"),
    path("<int:year>/intake/letters", downloads.letters, name="desk-letters"),
    path("<int:year>/intake/workbook", downloads.workbook, name="desk-workbook"),
    path("desk/files/<int:file>/page/<int:number>", views.page_image, name="desk-page"),
    path("desk/files/<int:file>/original", downloads.original, name="desk-file"),
    path("desk/files/<int:file>/letter", downloads.letter, name="desk-letter"),
    path("desk/files/<int:file>/accept", views.accept_file, name="desk-accept-file"),
    path("desk/files/<int:file>/whose", views.decide_whose, name="desk-decide-file"),
    path("desk/files/<int:file>/dismiss", views.dismiss, name="desk-dismiss"),
    path("desk/files/<int:file>/take", views.take, name="desk-take"),
    path("desk/files/<int:file>/import", project_lists.import_projects, name="desk-import-projects"),
    path("desk/sheets/<int:sheet>/correct", views.correct_value, name="desk-correct"),
    path("desk/sheets/<int:sheet>/look", views.look_at_value, name="desk-look"),
    path("desk/sheets/<int:sheet>/accept", views.accept_sheet, name="desk-accept"),
    path("desk/sheets/<int:sheet>/projects", views.find_projects, name="desk-find"),
    path("desk/sheets/<int:sheet>/project", views.decide_project, name="desk-decide"),
]

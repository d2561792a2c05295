"""The addresses of the screens, under the admin's."""

from django.urls import path

from builder.drafts.views import draft_text, new_procedure, procedure_list, sheet, version_text
from builder.editor.views import check, editor
from builder.preview.views import frame, preview
from builder.publishing.views import publishing
from builder.schedule.views import schedule
from builder.teams.views import teams

urlpatterns = [
    path("demarches/", procedure_list, name="builder_list"),
    # Beside the démarches' own addresses: no slug can take their place.
    path("nouvelle-demarche/", new_procedure, name="builder_new"),
    path("verifier-definition/", check, name="builder_check"),
    path("demarches/<slug:slug>/", sheet, name="builder_sheet"),
    path("demarches/<slug:slug>/definition/", editor, name="builder_editor"),
    path("demarches/<slug:slug>/definition.json", draft_text, name="builder_draft_text"),
    path("demarches/<slug:slug>/versions/<int:number>.json", version_text, name="builder_version_text"),
    path("demarches/<slug:slug>/apercu/", preview, name="builder_preview"),
    path("demarches/<slug:slug>/apercu/<slug:page>/", frame, name="builder_frame"),
    path("demarches/<slug:slug>/publication/", publishing, name="builder_publish"),
    path("demarches/<slug:slug>/dates/", schedule, name="builder_schedule"),
    path("demarches/<slug:slug>/equipes/", teams, name="builder_teams"),
]

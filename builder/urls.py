"""The addresses of the screens, under the admin's."""

from django.urls import path

from builder.composer.addresses import ACCESS, DOCUMENTS, PROCESS, TEXTS, WORKBOOKS
from builder.composer.presence import presence
from builder.composer.views import act_on, composer, part, propose
from builder.composer.workbook_files import try_workbook, workbook_file
from builder.composer.workbook_views import paste_columns, sheet_grid
from builder.drafts.views import draft_text, new_procedure, procedure_list, sheet, version_text
from builder.editor.views import check, editor
from builder.preview.views import frame, preview
from builder.publishing.views import publishing
from builder.ruling.views import rule
from builder.schedule.views import schedule
from builder.teams.views import teams

urlpatterns = [
    path("demarches/", procedure_list, name="builder_list"),
    # Beside the démarches' own addresses: no slug can take their place.
    path("nouvelle-demarche/", new_procedure, name="builder_new"),
    path("verifier-definition/", check, name="builder_check"),
    path("demarches/<slug:slug>/", sheet, name="builder_sheet"),
    path("demarches/<slug:slug>/composer/", composer, name="builder_composer"),
    path("demarches/<slug:slug>/composer/acte/", act_on, name="builder_act"),
    path("demarches/<slug:slug>/composer/presence/", presence, name="builder_presence"),
    path("demarches/<slug:slug>/composer/liste/", propose, name="builder_paste"),
    path("demarches/<slug:slug>/composer/processus/", composer, {"tab": PROCESS}, name="builder_process"),
    path("demarches/<slug:slug>/composer/documents/", composer, {"tab": WORKBOOKS}, name="builder_workbooks"),
    path(
        "demarches/<slug:slug>/composer/b/<slug:workbook>/fichier.xlsx",
        workbook_file,
        name="builder_workbook_file",
    ),
    path(
        "demarches/<slug:slug>/composer/b/<slug:workbook>/essai/", try_workbook, name="builder_try_workbook"
    ),
    path(
        "demarches/<slug:slug>/composer/justificatifs/",
        composer,
        {"tab": DOCUMENTS},
        name="builder_documents",
    ),
    path("demarches/<slug:slug>/composer/textes/", composer, {"tab": TEXTS}, name="builder_texts"),
    path("demarches/<slug:slug>/composer/ouverture/", composer, {"tab": ACCESS}, name="builder_access"),
    path(
        "demarches/<slug:slug>/composer/f/<str:sheet>/colonnes/", paste_columns, name="builder_paste_columns"
    ),
    path("demarches/<slug:slug>/composer/<slug:kind>/<str:key>/grille/", sheet_grid, name="builder_grid"),
    path("demarches/<slug:slug>/composer/<slug:kind>/<str:key>/", part, name="builder_part"),
    path("demarches/<slug:slug>/composer/<slug:kind>/<str:key>/regle/", rule, name="builder_rule"),
    path(
        "demarches/<slug:slug>/composer/<slug:kind>/<str:key>/calcul/",
        rule,
        {"what": "compute"},
        name="builder_formula",
    ),
    path("demarches/<slug:slug>/definition/", editor, name="builder_editor"),
    path("demarches/<slug:slug>/definition.json", draft_text, name="builder_draft_text"),
    path("demarches/<slug:slug>/versions/<int:number>.json", version_text, name="builder_version_text"),
    path("demarches/<slug:slug>/apercu/", preview, name="builder_preview"),
    path("demarches/<slug:slug>/apercu/<slug:page>/", frame, name="builder_frame"),
    path("demarches/<slug:slug>/publication/", publishing, name="builder_publish"),
    path("demarches/<slug:slug>/dates/", schedule, name="builder_schedule"),
    path("demarches/<slug:slug>/equipes/", teams, name="builder_teams"),
]

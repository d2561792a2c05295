"""The runtime's public addresses."""

from django.urls import path

from runtime.controls.search import search_list, search_question
from runtime.documents.views import attachment, deposit_page, deposit_pdf, sheet_pdf, workbook_file
from runtime.dossiers.views import dashboard, dossier_detail
from runtime.procedures.views import procedure_detail, procedure_list
from runtime.review.views import inbox, review
from runtime.wizard.files import attach_file
from runtime.wizard.forms import PageForm
from runtime.wizard.recap import recap
from runtime.wizard.start import start
from runtime.wizard.submitted import submitted
from runtime.wizard.views import RECAP, DossierWizard

app_name = "runtime"

urlpatterns = [
    path("demarches/", procedure_list, name="procedures"),
    path("demarches/<slug:slug>/", procedure_detail, name="procedure"),
    path("demarches/<slug:slug>/commencer/", start, name="start"),
    path("mes-dossiers/", dashboard, name="dashboard"),
    path("mes-dossiers/<str:reference>/", dossier_detail, name="dossier"),
    path(
        "mes-dossiers/<str:reference>/formulaire/<slug:step>/",
        DossierWizard.as_view(form_list=[("page", PageForm)], url_name="runtime:form", done_step_name=RECAP),
        name="form",
    ),
    path("mes-dossiers/<str:reference>/recapitulatif/", recap, name="recap"),
    path("mes-dossiers/<str:reference>/transmis/", submitted, name="submitted"),
    path("mes-dossiers/<str:reference>/pieces/", attach_file, name="attach"),
    path("mes-dossiers/<str:reference>/recherche/<str:name>/", search_question, name="search_question"),
    path("recherche/<slug:name>/", search_list, name="search_list"),
    path("mes-dossiers/<str:reference>/classeurs/<str:question>/", workbook_file, name="workbook"),
    path(
        "mes-dossiers/<str:reference>/classeurs/<str:question>/<slug:sheet>.pdf", sheet_pdf, name="sheet_pdf"
    ),
    path("pieces/<str:dossier>/<str:reference>/", attachment, name="attachment"),
    path("depots/<str:reference>/<int:number>/", deposit_page, name="deposit"),
    path("depots/<str:reference>/<int:number>/recapitulatif.pdf", deposit_pdf, name="deposit_pdf"),
    path("instruction/", inbox, name="inbox"),
    path("instruction/<str:reference>/", review, name="review"),
]

"""Where each part of a démarche is composed."""

from django.urls import reverse

from builder.acts import Target
from builder.acts.documents import ENTRY, PROCEDURE, ROLE, STEP

FORM, PROCESS, DOCUMENTS, TEXTS, ACCESS = "form", "process", "documents", "texts", "access"
VIEWS = {
    FORM: "builder_composer",
    PROCESS: "builder_process",
    DOCUMENTS: "builder_documents",
    TEXTS: "builder_texts",
    ACCESS: "builder_access",
}
TABS = {STEP: PROCESS, ROLE: PROCESS, ENTRY: ACCESS}


def tab_of(target: Target) -> str:
    """The screen that shows a part."""
    return TABS.get(target.kind, FORM)


def address_of(slug: str, target: Target, tab: str = FORM) -> str:
    """The address of a part; the whole démarche is a tab."""
    if target.kind == PROCEDURE:
        return reverse(VIEWS[tab], args=[slug])
    return reverse("builder_part", args=[slug, target.kind, target.id])

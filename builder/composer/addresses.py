"""Where each part of a démarche is composed."""

from django.urls import reverse

from builder.acts import Target
from builder.acts.documents import CHECK, CHECKS, ENTRY, OF_WORKBOOKS, PROCEDURE, ROLE, STEP

FORM, PROCESS, DOCUMENTS, TEXTS, ACCESS = "form", "process", "documents", "texts", "access"
WORKBOOKS = "workbooks"
VIEWS = {
    FORM: "builder_composer",
    PROCESS: "builder_process",
    WORKBOOKS: "builder_workbooks",
    DOCUMENTS: "builder_documents",
    TEXTS: "builder_texts",
    ACCESS: "builder_access",
}
TABS = (
    {ENTRY: ACCESS} | dict.fromkeys((STEP, ROLE, *CHECKS), PROCESS) | dict.fromkeys(OF_WORKBOOKS, WORKBOOKS)
)


def tab_of(target: Target) -> str:
    """The screen that shows a part."""
    if target.kind == CHECK and "." in target.id:
        return WORKBOOKS
    return TABS.get(target.kind, FORM)


def address_of(slug: str, target: Target, tab: str = FORM) -> str:
    """The address of a part; the whole démarche is a tab."""
    if target.kind == PROCEDURE:
        return reverse(VIEWS[tab], args=[slug])
    return reverse("builder_part", args=[slug, target.kind, target.id])

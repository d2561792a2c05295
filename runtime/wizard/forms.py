"""One form for every page of every démarche: it parses, `save_answers` judges."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from formdefs import sentence
from runtime.controls.parsing import parse_page
from runtime.dossiers.services import Draft, save_answers, settle_conflict
from runtime.dossiers.windows import NOWHERE, Window
from runtime.uploads.judging import Rejected
from runtime.uploads.services import attach, detach
from runtime.wizard.contexts import WINDOW

if TYPE_CHECKING:
    from runtime.wizard.views import DossierWizard


class PageForm(forms.Form):
    """The answers of one page; valid when the page lets the person go on.

    It has no Django field per question: its `clean` saves the draft, then takes the judge's problems
    as its errors, by path.
    """

    def __init__(self, *args: Any, wizard: "DossierWizard", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wizard = wizard
        self.sentences: dict[str, str] = {}
        self.rejected: dict[str, str] = {}
        self.doubled: tuple[str, ...] = ()
        self.appeared: tuple[str, ...] = ()

    def clean(self) -> None:
        """Save what the page sent, then judge whether one may go on from it."""
        self.save()
        draft, page = self.wizard.draft, self.wizard.page
        for problem in draft.judgement.blocking(page.id):
            question = self.wizard.phase.question_at(problem.path)
            self.sentences.setdefault(problem.path, sentence(problem, question, _))
        for path in self.doubled:
            self.sentences.setdefault(
                path, _("Une autre réponse a été enregistrée entre-temps : choisissez celle à garder.")
            )
        self.sentences |= self.rejected
        for text in self.sentences.values():
            self.add_error(None, text)
        if self.appeared and not self.sentences:
            self.add_error(None, _("De nouvelles questions sont apparues : répondez-y avant de continuer."))

    def save(self) -> Draft:
        """Keep the answers and the files that the page sent; the wizard goes on with the new draft."""
        wizard, data = self.wizard, self.data
        before = wizard.draft.judgement.visible
        wizard.draft = save_answers(
            reference=wizard.reference,
            by=wizard.request.user,
            given=parse_page(wizard.phase, wizard.request.POST),
            revision=whole(data.get("revision")),
            window=window_of(data),
        )
        self.doubled = wizard.draft.conflicts
        for path, upload, replaces in self._uploads():
            self._attach(path, upload, replaces)
        if data.get("detach"):
            wizard.draft = detach(
                reference=wizard.reference, by=wizard.request.user, attachment=data["detach"]
            )
        for choice in ("adopt", "dismiss"):
            if data.get(choice):
                wizard.draft = settle_conflict(
                    reference=wizard.reference,
                    by=wizard.request.user,
                    path=data[choice],
                    adopt=choice == "adopt",
                )
        shown = {path.rstrip("#") for path in data.get("shown", "").split()}
        here = {q.name for section in wizard.page.sections for q in section.questions}
        visible = wizard.draft.judgement.visible
        self.appeared = tuple(
            name
            for name, asked in wizard.phase.questions.items()
            if name in here and name in visible - before - shown and asked.compute is None
        )
        return wizard.draft

    def _uploads(self) -> Iterator[tuple[str, UploadedFile, str]]:
        for name, uploads in self.files.lists():
            replaces = name.removeprefix("replace.") if name.startswith("replace.") else ""
            path = self._path_of(replaces) if replaces else name
            for upload in uploads:
                yield path, upload, replaces

    def _path_of(self, attachment: str) -> str:
        return next((a.question for a in self.wizard.draft.attachments if a.reference == attachment), "")

    def _attach(self, path: str, upload: UploadedFile, replaces: str) -> None:
        wizard = self.wizard
        try:
            wizard.draft = attach(
                reference=wizard.reference,
                by=wizard.request.user,
                path=path,
                upload=upload,
                replaces=replaces,
            )
        except Rejected as rejection:
            said = _("« {name} » : {why}").format(name=upload.name, why=rejection.sentence)
            self.rejected[path] = f"{self.rejected[path]} {said}" if path in self.rejected else said


def window_of(data: Mapping[str, Any]) -> Window:
    """The window that a page says it is in (see `FormPage`), and what its script counts: "a1b2c3.4"."""
    identity, _dot, turn = str(data.get("wizard-window", "")).partition(".")
    known = identity.isalnum() and identity.isascii() and len(identity) <= WINDOW * 2
    return Window(identity, whole(turn)) if known else NOWHERE


def whole(value: Any) -> int:
    """The revision that a page sends; 0, which merges everything, where it sends none."""
    return (
        int(value)
        if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 10
        else 0
    )

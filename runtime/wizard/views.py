"""The pages of questions."""

from collections import OrderedDict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from formdefs import Page, Phase, Refused
from runtime.controls.parsing import parse_page
from runtime.dossiers.contexts import correction, dossier_head, form_url
from runtime.dossiers.facts import context_of
from runtime.dossiers.models import Dossier
from runtime.dossiers.prefilling import standing
from runtime.dossiers.services import Draft, save_answers
from runtime.procedures.definitions import definition_of
from runtime.wizard.contexts import (
    FormPage,
    anchor,
    attach_url,
    contact_lines,
    fact_lines,
    format_sentences,
    named,
    progress_of,
    steps_of,
    title_of,
)
from runtime.wizard.drafts import read_draft
from runtime.wizard.filling import Filler
from runtime.wizard.forms import PageForm, whole, window_of
from runtime.wizard.fragments import page_fragments
from runtime.wizard.frame import page_html
from runtime.wizard.keeping import keep_and_sign_in, take_back
from runtime.wizard.skeleton import skeleton_of
from tenants.requests import SignedInRequest

RECAP = "recapitulatif"


def sends_only_answers(request: SignedInRequest) -> bool:
    """Whether the page's script saves answers, and neither files nor choices between two answers."""
    return (
        request.method == "POST"
        and bool(request.headers.get("HX-Request"))
        and not request.FILES
        and not request.POST.keys() & {"detach", "adopt", "dismiss"}
    )


class DossierWizard(NamedUrlWizardView):
    """The pages of a dossier's phase, one form each; the storage is the draft."""

    storage_name = "runtime.wizard.storage.DraftStorage"
    template_name = "runtime/wizard/page.html"
    request: SignedInRequest
    draft: Draft
    phase: Phase

    def dispatch(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whatever the answer, nobody keeps it."""
        response = self.answered(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def answered(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer to whoever asks."""
        self.reference = kwargs["reference"]
        if not request.user.is_authenticated:
            return keep_and_sign_in(request)
        try:
            if sends_only_answers(request):
                return self.autosave(kwargs["step"])
            self.draft = read_draft(request, self.reference)
            self.phase = definition_of(self.draft.dossier.version).phase(self.draft.dossier.phase)
            self.draft = take_back(request, self.phase, self.reference) or self.draft
            self.find_pages()
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            return self.refused(refusal)

    def autosave(self, step: str) -> HttpResponse:
        """Save what the page's script sent; the dossier is read once, under its lock."""
        data = self.request.POST
        try:
            draft = save_answers(
                reference=self.reference,
                by=self.request.user,
                given=lambda phase: parse_page(phase, data),
                revision=whole(data.get("revision")),
                window=window_of(data),
            )
        except Dossier.DoesNotExist as error:
            raise Http404 from error
        phase = definition_of(draft.dossier.version).phase(draft.dossier.phase)
        page = next((page for page in phase.pages if page.id == step), None)
        if page is None:
            raise Http404
        return HttpResponse(page_fragments(draft, phase, page, data, {}))

    def find_pages(self) -> None:
        """Let the wizard have a step for each page that the answers make visible."""
        self.form_list = OrderedDict(
            (page.id, PageForm)
            for page in self.phase.pages
            if f"page:{page.id}" in self.draft.judgement.visible
        )

    def refused(self, refusal: Refused) -> HttpResponse:
        """Say why nothing can be changed now, on the dossier's own page."""
        messages.error(self.request, refusal.message)
        url = reverse("runtime:dossier", args=[self.reference])
        if self.request.headers.get("HX-Request"):
            return HttpResponse(status=409, headers={"HX-Redirect": url})
        return redirect(url)

    def get_prefix(self, request: SignedInRequest, *args: Any, **kwargs: Any) -> str:
        return "wizard"

    def get_step_url(self, step: str) -> str:
        if step == self.done_step_name:
            return reverse("runtime:recap", args=[self.reference])
        return form_url(self.draft.dossier, step)

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        return {"wizard": self}

    @property
    def page(self) -> Page:
        """The page being answered."""
        return next(page for page in self.phase.pages if page.id == self.steps.current)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["step"] not in self.form_list:
            return redirect(self.get_step_url(self.steps.first))
        self.storage.current_step = kwargs["step"]
        return self.render(self.get_form())

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["step"] not in self.form_list:
            return redirect(self.get_step_url(self.steps.first))
        self.storage.current_step = kwargs["step"]
        if self._goes_on(kwargs["step"]):
            return super().post(*args, **kwargs)
        form = self.get_form(data=self.request.POST, files=self.request.FILES)
        form.save()
        if self.request.headers.get("HX-Request"):
            return HttpResponse(
                page_fragments(self.draft, self.phase, self.page, self.request.POST, form.rejected)
            )
        if form.rejected:
            form.sentences = dict(form.rejected)
            return self.render(form)
        return self._saved()

    def _goes_on(self, step: str) -> bool:
        """Whether this page, and no other, was sent by « Suivant »; whatever else is sent is only saved."""
        data = self.request.POST
        asked = data.get("go") == "next" and data.get("wizard-current_step") == step
        return asked and not self.request.headers.get("HX-Request")

    def _saved(self) -> HttpResponse:
        """After a save that stays on the page: shown again at the place that was acted upon."""
        data = self.request.POST
        if data.get("go") == "previous":
            return redirect(self.get_step_url(self.steps.prev or self.steps.first))
        if data.get("go") == "draft":
            messages.success(
                self.request, _("Votre brouillon est enregistré. Vous pouvez revenir quand vous voulez.")
            )
        path = (
            data.get("add")
            or data.get("remove", "").rpartition(".")[0]
            or data.get("adopt")
            or data.get("dismiss")
            or data.get("search")
        )
        place = f"#{anchor(path)}" if path else ""
        return redirect(self.get_step_url(self.steps.current) + place)

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """The page, filled in what is kept of it."""
        return HttpResponse(page_html(self.request, context))

    def get_form_step_data(self, form: PageForm) -> Any:
        """After a page was judged, the answers may have shown or hidden other pages."""
        self.find_pages()
        return super().get_form_step_data(form)

    def get_context_data(self, form: PageForm, **kwargs: Any) -> dict[str, Any]:
        dossier = self.draft.dossier
        judged_in = context_of(dossier, self.draft.attachments, dossier.arrived_at)
        return {
            "dossier": dossier_head(dossier, self.draft.request),
            "form": self._form_page(form, judged_in),
            "facts": fact_lines(self.phase, judged_in),
            "steps": steps_of(dossier),
            "progress": progress_of(self.draft, self.phase),
            "contacts": contact_lines(self.draft, self.phase) if self.phase.contacts else (),
            "correction": correction(self.draft.request),
            "newly_visible": tuple(
                (f"#{anchor(path)}", title_of(self.phase, path)) for path in form.appeared
            ),
        }

    def _form_page(self, form: PageForm, judged_in: Any) -> FormPage:
        dossier, page = self.draft.dossier, self.page
        errors = form.sentences if form.is_bound else format_sentences(self.draft, self.phase, page)
        filler = Filler(
            reference=dossier.reference,
            raw=dossier.raw,
            judgement=self.draft.judgement,
            context=judged_in,
            errors=errors,
            conflicts=dossier.conflicts,
            prefilled=standing(dossier),
        )
        skeleton = skeleton_of(definition_of(dossier.version), self.phase.id, page)
        previous = self.steps.prev
        return FormPage(
            title=page.title,
            intro=page.intro,
            body=filler.body(skeleton),
            errors=tuple((f"#{anchor(path)}", named(self.phase, path, text)) for path, text in errors.items())
            if form.is_bound
            else (),
            notices=(),
            revision=dossier.revision,
            shown=" ".join(filler.shown(skeleton)),
            current_step=page.id,
            action_url=self.get_step_url(page.id),
            attach_url=attach_url(dossier),
            previous_url=self.get_step_url(previous) if previous else "",
            is_last=page.id == self.steps.last,
            rules=filler.rules(skeleton),
        )

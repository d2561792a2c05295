"""A decision sent after one's session ended: what was written comes back, and nothing is decided."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tenants.requests import SignedInRequest

KEPT = "kept_decision"
FIELDS = ("action", "reason", "message", "due")
MOST = 20_000
"""Characters of a field that are kept at the most; a form takes a quarter of that."""


def written_in(request: HttpRequest) -> dict[str, str]:
    """What a decision's form holds."""
    return {name: request.POST.get(name, "") for name in FIELDS}


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Keep what was written, and lead to the door; it comes back to this page."""
    if request.method == "POST":
        values = {name: value[:MOST] for name, value in written_in(request).items()}
        request.session[KEPT] = {"path": request.path, "values": values}
    return redirect_to_login(request.get_full_path())


def take_back(request: SignedInRequest) -> dict[str, str]:
    """What was kept for this page; empty where nothing was."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[KEPT]
    messages.warning(
        request,
        _(
            "Vous êtes de nouveau connecté, mais votre décision n’est pas enregistrée : "
            "la voici, avec ce que vous aviez écrit."
        ),
    )
    return dict(kept["values"])

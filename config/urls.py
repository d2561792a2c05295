"""Every public address, and where it leads."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

ADMIN = settings.ADMIN_URL_PREFIX.lstrip("/")


def sign_in(request: HttpRequest) -> HttpResponse:
    """There is one door: Wagtail's own leads to it."""
    return redirect("account_login")


urlpatterns = [
    path("compte/", include("tenants.accounts.urls")),
    path(f"{ADMIN}login/", sign_in),
    path(ADMIN, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", serve, {"document_root": Path(settings.MEDIA_ROOT) / "images"}),
    path("", include("runtime.urls")),
    path("", include(wagtail_urls)),
]

if settings.DEMONSTRATION and hasattr(settings, "EMAIL_FILE_PATH"):
    from config.demonstration import mailbox

    urlpatterns[:0] = [
        path("demonstration/courrier/", mailbox.mailbox, name="demonstration_mailbox"),
        path("demonstration/courrier/<str:identity>/", mailbox.mail, name="demonstration_mail"),
        path(
            "demonstration/courrier/<str:identity>/<int:number>/",
            mailbox.attached,
            name="demonstration_attached",
        ),
    ]

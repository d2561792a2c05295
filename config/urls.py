"""Every public address, and where it leads."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path, reverse
from django.utils.http import urlencode
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.pictures import picture

ADMIN = settings.ADMIN_URL_PREFIX.lstrip("/")


def sign_in(request: HttpRequest) -> HttpResponse:
    """There is one door: Wagtail's own leads to it, and back to what was wanted."""
    wanted = urlencode({"next": request.GET["next"]}) if request.GET.get("next") else ""
    return redirect(f"{reverse('account_login')}?{wanted}".rstrip("?"))


def sign_out(request: HttpRequest) -> HttpResponse:
    """The same door on the way out; what was posted is posted again."""
    return redirect("account_logout", preserve_request=True)


def forgotten_password(request: HttpRequest, **_: str) -> HttpResponse:
    """Wagtail's own pages for it are shut."""
    return redirect("account_reset_password")


urlpatterns = [
    path("compte/", include("tenants.accounts.urls")),
    path(f"{ADMIN}login/", sign_in, name="door_sign_in"),
    path(f"{ADMIN}logout/", sign_out, name="door_sign_out"),
    re_path(f"^{ADMIN}password_reset/", forgotten_password, name="door_password"),
    path("_util/login/", sign_in, name="door_visitor_sign_in"),
    path(ADMIN, include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", picture, name="picture"),
    path("", include("runtime.urls")),
    path("", include(wagtail_urls)),
]

if settings.DEMONSTRATION:
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

"""The addresses of the one sign-in door.

allauth has more: signing up, addresses, codes. They are not offered here; the names that its views look up
lead back to the door.
"""

from allauth.account import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path


def back_to_the_door(request: HttpRequest) -> HttpResponse:
    """This is not offered: sign in."""
    return redirect("account_login")


NOT_OFFERED = ("signup", "email", "inactive", "reauthenticate", "set_password", "email_verification_sent")

urlpatterns = [
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("mot-de-passe/", views.password_change, name="account_change_password"),
    path("mot-de-passe/oublie/", views.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/change/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    *(path(f"non-propose/{name}/", back_to_the_door, name=f"account_{name}") for name in NOT_OFFERED),
]

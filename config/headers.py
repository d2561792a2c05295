"""What browsers are told they may do with our pages."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The public policy everywhere, widened under the Wagtail admin, whose scripts carry a nonce.

    Outside the admin, an answer that asks for no other has the policy of every other: it is composed once.
    """

    @cached_property
    def public_policy(self) -> str:
        """What an answer of the public side says, unless its view says otherwise."""
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        special = request.path_info.startswith(settings.ADMIN_URL_PREFIX) or hasattr(request, "_csp_nonce")
        if special or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.public_policy)
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request=request, response=response, report_only=report_only)
        if not request.path_info.startswith(settings.ADMIN_URL_PREFIX):
            return parts
        return replace(parts, replace={**settings.ADMIN_CONTENT_SECURITY_POLICY, **(parts.replace or {})})


class SecurityHeadersMiddleware:
    """Permissions-Policy: no page of ours uses the camera, the position, and the like."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

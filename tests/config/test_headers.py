"""What each answer tells the browser."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from config.headers import ContentSecurityPolicyMiddleware, SecurityHeadersMiddleware
from config.request_ids import RequestIdFilter, RequestIdMiddleware, current_request_id


def policy_at(path: str) -> str:
    def answer(request):
        str(request.csp_nonce)
        return HttpResponse()

    return ContentSecurityPolicyMiddleware(answer)(RequestFactory().get(path))["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/demarches/", "/compte/connexion/", "/administration/pages/"])
def test_no_policy_allows_anything_unsafe(path: str) -> None:
    assert "unsafe" not in policy_at(path)
    assert "default-src 'none'" in policy_at(path)


def test_scripts_carry_a_nonce_in_the_administration_only() -> None:
    assert "'nonce-" in policy_at("/administration/")
    assert "nonce" not in policy_at("/administrations/")


def test_no_page_may_use_the_camera() -> None:
    response = SecurityHeadersMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a1b2c3d4e5", True), ("court", False), ("deux\nlignes-de-journal", False), ("é" * 12, False)],
)
def test_only_a_plain_request_id_is_taken_from_outside(given: str, kept: bool) -> None:
    seen = []

    def answer(request):
        seen.append(current_request_id.get())
        return HttpResponse()

    response = RequestIdMiddleware(answer)(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert (response["X-Request-ID"] == given) is kept
    assert seen == [response["X-Request-ID"]]
    assert current_request_id.get() == ""


def test_a_line_of_the_journal_is_json_with_its_request_id() -> None:
    from django.conf import settings
    from pythonjsonlogger.json import JsonFormatter

    options = {k: v for k, v in settings.LOGGING["formatters"]["json"].items() if k != "()"}
    record = logging.LogRecord("nom", logging.INFO, "", 0, "reçu", None, None)
    token = current_request_id.set("abcdefgh")
    try:
        RequestIdFilter().filter(record)
    finally:
        current_request_id.reset(token)
    line = json.loads(JsonFormatter(**options).format(record))
    assert (line["message"], line["request_id"], line["level"]) == ("reçu", "abcdefgh", "INFO")


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["demarches.example.fr"])
def test_health_answers_whatever_the_host_and_fails_without_a_worker() -> None:
    answer = Client().get("/healthz", headers={"host": "10.0.0.7"})
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "database": "ok", "worker": "failing", "outbox": "ok"}

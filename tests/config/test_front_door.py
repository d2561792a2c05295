"""The platform as it is really served."""

from urllib.request import Request, urlopen

from tests.browser import People
from tests.front_door import Site


def headers_of(site: Site, path: str) -> dict[str, str]:
    with urlopen(Request(site.url + path), timeout=20) as answer:
        return {name.lower(): value for name, value in answer.getheaders()}


def test_health_says_that_the_database_and_the_worker_are_alive(site: Site) -> None:
    with urlopen(f"{site.url}/healthz", timeout=20) as answer:
        assert answer.read() == b'{"status": "ok", "database": "ok", "worker": "ok", "outbox": "ok"}'


def test_server_and_worker_come_back_after_kill_9(site: Site) -> None:
    site.kill_worker()
    site.kill_server()
    site.start_server()
    site.start_worker()
    assert headers_of(site, "/healthz")["content-type"] == "application/json"


def test_the_server_connects_as_the_role_that_policies_bind(site: Site) -> None:
    output = site.manage("shell", "--no-imports", "-c", WHO_AM_I)
    assert output.split() == ["app", "False", "False"]


WHO_AM_I = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
    print(*cursor.fetchone())
"""


def test_mail_of_the_platform_arrives(site: Site) -> None:
    site.manage("sendtestemail", "essai@example.fr")
    (message,) = site.wait_for_mail("essai@example.fr")
    assert message["From"] == "ne-pas-repondre@localhost"


def test_the_health_page_opens_in_a_browser(browser: People) -> None:
    page = browser.person()
    page.goto("/healthz")
    assert '"database": "ok"' in page.content()

"""A person's requests without a browser: cookies, forms and files over HTTP, and nothing else."""

import re
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from http.cookiejar import CookieJar
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4


class Unanswered(Exception):
    """The request got no whole answer: what it asked for may have been done, or not."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str


class _Stay(HTTPRedirectHandler):
    """Redirections are answers like others."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Visitor:
    """Somebody with a cookie jar."""

    def __init__(self, url: str) -> None:
        self.url, self.jar = url, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar), _Stay())

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by the one door."""
        self.get("/compte/connexion/")
        answer = self.post("/compte/connexion/", {"login": username, "password": password})
        assert answer.status == 302, answer.text

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._answer(Request(self.url + path))

    def post(self, path: str, fields: dict[str, str], *, script: bool = False) -> Answer:
        """Send a form; `script` says that the page's script does it."""
        request = self._request(path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        if script:
            request.add_header("HX-Request", "true")
        return self._answer(request)

    def send_file(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a file as `file`, with other fields."""
        boundary = uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{boundary}--\r\n".encode()])
        return self._answer(self._request(path, body, f"multipart/form-data; boundary={boundary}"))

    def _request(self, path: str, body: bytes, content_type: str) -> Request:
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), None)
        headers = {"Content-Type": content_type, "X-CSRFToken": token or ""}
        return Request(self.url + path, data=body, headers=headers)

    def _answer(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=30) as response:
                return Answer(response.status, response.read().decode(), "")
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode(), error.headers.get("Location", ""))
        except (URLError, HTTPException, OSError) as error:
            raise Unanswered(str(request.full_url)) from error


def revision_in(page: str) -> str:
    """The draft's revision that a page carries."""
    found = re.search(r'id="revision" value="(\d+)"', page)
    assert found, page[:500]
    return found[1]

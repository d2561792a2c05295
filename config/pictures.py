"""The pictures of a portal's pages; documents and attachments have views of their own, that ask."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.images.models import Image, Rendition

from tenants.portals.pages import collections_of

KEPT_A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """An image of the portal, or one of its renditions, by the name of its file. Raises Http404."""
    mine = collections_of(request.portal)  # type: ignore[attr-defined]
    drawn = Rendition.objects.filter(file=path, image__collection__in=mine).values("pk")
    if not (drawn.exists() or Image.objects.filter(file=path, collection__in=mine).exists()):
        raise Http404
    try:
        opened = default_storage.open(path, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
    response["Cache-Control"] = KEPT_A_YEAR
    # A drawing (SVG) opened by itself is a page: it may do nothing.
    response._csp_exempt = True  # type: ignore[attr-defined]
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

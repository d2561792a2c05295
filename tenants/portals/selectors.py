"""Finding portals."""

from time import monotonic

from django.http.request import split_domain_port

from tenants.portals.models import Portal

REMEMBERED_FOR = 30.0
"""Seconds a process may go on with the portals it read; a change of host shows after that at the latest."""

_read_at = float("-inf")
_by_host: dict[str, Portal] = {}


def portal_for_host(host: str) -> Portal | None:
    """The portal served at `host` (with or without a port), else the installation's default one."""
    global _read_at, _by_host
    if monotonic() - _read_at > REMEMBERED_FOR:
        _by_host = _portals_by_host()
        _read_at = monotonic()
    domain, _port = split_domain_port(host)
    return _by_host.get(domain) or _by_host.get("")


def forget_portals() -> None:
    """Read the portals again at the next request."""
    global _read_at
    _read_at = float("-inf")


def _portals_by_host() -> dict[str, Portal]:
    found: dict[str, Portal] = {}
    for portal in Portal.objects.select_related("site"):
        found[portal.site.hostname] = portal
        if portal.site.is_default_site:
            found[""] = portal
    return found

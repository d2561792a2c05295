"""The peer's application."""

from django.apps import AppConfig


class PeerForms(AppConfig):
    """Its label does not meet that of Wagtail's forms."""

    name = "bench.peer.forms"
    label = "peer_forms"

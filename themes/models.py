"""The rooms' models, under one app label."""

from themes.highlights.models import Highlight
from themes.pages.models import ContentPage, HomePage

__all__ = ["ContentPage", "Highlight", "HomePage"]

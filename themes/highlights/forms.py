"""What an editor gives for a démarche à la Une."""

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Collection

from themes.highlights.models import Highlight


class HighlightForm(forms.ModelForm):
    """Image and period; the order is arranged in the list."""

    class Meta:
        model = Highlight
        fields = ("image", "image_alt", "starts_at", "ends_at")
        widgets = {
            "image": AdminImageChooser,
            "starts_at": AdminDateTimeInput,
            "ends_at": AdminDateTimeInput,
        }

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Another portal's images are no choice, whatever the browser sends.
        images: Any = self.fields["image"]
        images.queryset = get_image_model().objects.filter(collection=collection)

"""Pictures for the demonstration, drawn rather than shipped."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Collection

SIZE = (960, 540)
SCENES = {
    "Collines au lever du soleil": ("#e3eefb", "#fbdc9a", "#9fc0ea", "#5c8fd0", "#17479e"),
    "Vallée en été": ("#e6f4ec", "#ffe6a8", "#a9d6b9", "#5fa97f", "#12683f"),
    "Crête d’automne": ("#fdf1dc", "#f7c46c", "#efb98a", "#d98a5b", "#a4532d"),
}


def draw(title: str, collection: Collection) -> WagtailImage:
    """A landscape of three hills and a sun, in the colours of its scene."""
    sky, sun, *hills = SCENES[title]
    picture = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    pen.ellipse((width * 0.62, height * 0.14, width * 0.62 + 150, height * 0.14 + 150), fill=sun)
    for number, colour in enumerate(hills):
        top = height * (0.42 + 0.16 * number)
        pen.ellipse(
            (-width * (0.35 - 0.2 * number), top, width * (0.75 + 0.2 * number), top + height * 1.6),
            fill=colour,
        )
        pen.ellipse(
            (width * (0.45 - 0.2 * number), top + 40, width * (1.5 - 0.1 * number), top + height * 1.6),
            fill=colour,
        )
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return WagtailImage.objects.create(
        title=title, file=ContentFile(out.getvalue(), "paysage.png"), collection=collection
    )

"""The open font that documents embed: Source Sans 3, under the SIL Open Font License."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
REGULAR, SEMIBOLD, BOLD = "SourceSans3", "SourceSans3-Semibold", "SourceSans3-Bold"


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab."""
    for name, file in ((REGULAR, "Regular"), (SEMIBOLD, "Semibold"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"SourceSans3-{file}.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)

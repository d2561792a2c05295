"""What our documents on paper have in common: ink, text styles, ruled tables, numbered pages."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from runtime.documents.fonts import BOLD, REGULAR, SEMIBOLD, register_fonts

INK, SOFT, RULE = (colors.HexColor(c) for c in ("#16202c", "#4a5665", "#d8dde5"))
MARGIN, PADDING = 20 * mm, 6
BEHAVIOUR = {"alignment": TA_LEFT, "splitLongWords": 1, "textColor": INK}


def printed(
    story: Iterable[Flowable], *, size: tuple[float, float], title: str, author: str, foot: str
) -> bytes:
    """A PDF in French with its title, the foot under each page; the same content gives the same bytes."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=20 * mm,
        bottomMargin=22 * mm,
        title=title,
        author=author,
        lang="fr-FR",
        invariant=1,
    )
    document.build(list(story), canvasmaker=_numbered(foot, size))
    return out.getvalue()


def width_of(size: tuple[float, float]) -> float:
    """What a page of that size leaves to its content, in points."""
    return size[0] - 2 * (MARGIN + PADDING)


def text(value: str, style: str) -> Paragraph:
    """A text in one of our styles, with its line feeds and nothing of it taken as markup."""
    return Paragraph(escape(value).replace("\n", "<br/>"), _styles()[style])


def ruled(rows: list[list[Paragraph]], widths: Sequence[float], *, head: bool = False) -> Flowable:
    """A table with a rule under each row; its head comes again on each page."""
    table = Table(rows, colWidths=widths, repeatRows=int(head), splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE),
                *([("LINEBELOW", (0, 0), (-1, 0), 1, INK)] if head else []),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


@cache
def _styles() -> dict[str, ParagraphStyle]:
    """The text styles of our documents."""
    register_fonts()
    sizes = {
        "title": (BOLD, 20, 24),
        "heading": (BOLD, 13, 17),
        "label": (REGULAR, 9.5, 13),
        "answer": (SEMIBOLD, 10.5, 14.5),
        "body": (REGULAR, 10.5, 14.5),
        "small": (REGULAR, 8.5, 11.5),
    }
    found = {
        name: ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **BEHAVIOUR)
        for name, (font, size, leading) in sizes.items()
    }
    found["label"].textColor = found["small"].textColor = SOFT
    return found


def _numbered(foot: str, size: tuple[float, float]) -> type[Canvas]:
    """A canvas that writes the foot and « page n sur N » under each page."""

    class NumberedCanvas(Canvas):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, object]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._pages, start=1):
                self.__dict__.update(state)
                self.setFont(REGULAR, 8.5)
                self.setFillColor(SOFT)
                self.drawString(MARGIN + PADDING, 12 * mm, foot)
                page = _("Page {number} sur {total}").format(number=number, total=len(self._pages))
                self.drawRightString(size[0] - MARGIN - PADDING, 12 * mm, page)
                super().showPage()
            super().save()

    return NumberedCanvas

"""How a workbook looks: what is to fill in is yellow, what computes itself violet."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

INK, PALE = "FF2E1F5E", "FFD9D4E8"
_LINE = Side(style="thin", color=PALE)
_HEAVY = Side(style="medium", color=INK)

TITLE = Font(name="Calibri", size=16, bold=True, color=INK)
NOTE = Font(name="Calibri", size=11, italic=True, color="FF5B5470")
PLAIN = Font(name="Calibri", size=11)
BOLD = Font(name="Calibri", size=11, bold=True)
HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFFFF")

HEAD_FILL = PatternFill("solid", fgColor=INK)
COMPUTED_HEAD_FILL = PatternFill("solid", fgColor="FF00615A")
INPUT_FILL = PatternFill("solid", fgColor="FFFFF8DC")
COMPUTED_FILL = PatternFill("solid", fgColor="FFF1EFFA")
TOTAL_FILL = PatternFill("solid", fgColor="FFEDEAF4")

CELL_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TOTAL_BORDER = Border(left=_LINE, right=_LINE, top=_HEAVY, bottom=_LINE)
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)


def aligned(where: str, *, wrap: bool = False) -> Alignment:
    """Text that stands on one side of its cell, in the middle of its height."""
    indent = 1 if where == "left" and not wrap else 0
    return Alignment(horizontal=where, vertical="center", wrap_text=wrap, indent=indent)

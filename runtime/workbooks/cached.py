"""Putting the values of formulas beside them: openpyxl writes the formulas alone."""

import re
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_FORMULA = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?: t="[a-z]+")?><f>(.*?)</f><v ?/?>(?:</v>)?</c>', re.S
)
Values = Mapping[str, Mapping[str, Any]]


def with_values(workbook: bytes, values: Values) -> bytes:
    """The workbook with the value of each formula, by the path of its sheet in the file, then by cell.

    Who reads without computing (a preview, a script) sees then what a spreadsheet would show.
    """
    written = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            known = values.get(member.filename)
            if known is not None:
                content = _FORMULA.sub(partial(_valued, known), content)
            target.writestr(member, content)
    return written.getvalue()


def _valued(known: Mapping[str, Any], found: re.Match[bytes]) -> bytes:
    cell, style, formula = found[1].decode(), found[2].decode(), found[3].decode()
    value = known.get(cell)
    if isinstance(value, bool):
        kind, text = ' t="b"', str(int(value))
    elif isinstance(value, int | float):
        kind, text = "", repr(value)
    else:
        kind, text = ' t="str"', escape(str(value or ""))
    return f'<c r="{cell}"{style}{kind}><f>{formula}</f><v>{text}</v></c>'.encode()

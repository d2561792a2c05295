"""Opening a workbook that anybody may have made: what is dangerous, or no workbook, is refused."""

import re
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

MOST_MEMBERS = 2_000
MOST_BYTES = 120 * 1024 * 1024
"""Of all members, once inflated: far more than the largest workbook asked for."""
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.I)
_MACROS = re.compile(r"vbaproject|macrosheets/|activex/|dialogsheets/", re.I)
_OUTSIDE = re.compile(r"^xl/(externallinks|connections\.xml|querytables)", re.I)
SENTENCES = {
    "workbook.ole": _(
        "Ce classeur est protégé par un mot de passe, ou d’un ancien format (.xls) : enregistrez-le en "
        ".xlsx, sans mot de passe, puis déposez-le."
    ),
    "workbook.format": _(
        "Ce fichier n’est pas un classeur Excel : déposez le classeur téléchargé ici, enregistré en .xlsx. "
        "Changer son nom ne suffit pas."
    ),
    "workbook.broken": _(
        "Ce classeur est abîmé : ouvrez-le dans votre tableur, enregistrez-le de nouveau en .xlsx, puis "
        "déposez-le."
    ),
    "workbook.odf": _(
        "Ce fichier est au format OpenDocument : dans votre tableur, choisissez « Enregistrer sous », "
        "puis Excel (.xlsx)."
    ),
    "workbook.links": _(
        "Ce classeur contient des liens vers d’autres fichiers : rompez-les (Données, Modifier les liens), "
        "puis déposez-le."
    ),
    "workbook.large": _(
        "Ce classeur contient bien plus que ce qui est demandé : repartez du classeur téléchargé ici, puis "
        "déposez-le."
    ),
    "workbook.macros": _(
        "Ce classeur contient des macros : enregistrez-le en .xlsx, sans macro, puis déposez-le."
    ),
}


class Unreadable(Exception):
    """A file that is not a workbook one may read; `sentence` says why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, str(SENTENCES[code])


def check_container(file: BinaryIO) -> None:
    """Refuse what is not a plain .xlsx: another format, macros, links outside, bombs. Raises Unreadable."""
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if head.startswith(_OLE):
        raise Unreadable("workbook.ole")
    if not head.startswith(b"PK"):
        raise Unreadable("workbook.format")
    try:
        with ZipFile(file) as archive:
            _check_members(archive)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise Unreadable("workbook.broken") from error
    file.seek(0)


def _check_members(archive: ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "mimetype" in names:
        raise Unreadable("workbook.odf")
    if not {"xl/workbook.xml", "[Content_Types].xml"} <= names:
        raise Unreadable("workbook.format")
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Unreadable("workbook.large")
    for name in names:
        if _MACROS.search(name):
            raise Unreadable("workbook.macros")
        if _OUTSIDE.search(name):
            raise Unreadable("workbook.links")
    left = MOST_BYTES
    for member in members:
        left -= _check_content(archive, member, left)


def _check_content(archive: ZipFile, member: ZipInfo, most: int) -> int:
    """Read a member whatever it declares, a piece at a time; how many bytes it really holds."""
    size, tail = 0, b""
    is_xml = member.filename.lower().endswith((".xml", ".rels"))
    with archive.open(member) as content:
        while piece := content.read(1 << 16):
            size += len(piece)
            if size > most:
                raise Unreadable("workbook.large")
            if is_xml and _DOCTYPE.search(tail + piece):
                raise Unreadable("workbook.broken")
            if member.filename == "[Content_Types].xml" and b"macroEnabled" in tail + piece:
                raise Unreadable("workbook.macros")
            tail = piece[-32:]
    return size

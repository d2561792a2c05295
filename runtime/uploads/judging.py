"""Judging a file by opening it; its name and its declared type prove nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from runtime.uploads.sizes import MEGABYTE, decimal, excess

MAX_PIXELS = 60_000_000
MAX_PDF_OBJECTS = 200_000
FORBIDDEN_IN_PDF = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA"}


class Rejected(Exception):
    """The file is not accepted; `sentence` tells the person why and what to do."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Verdict:
    """What the file really is, and what was read in it where it is a workbook."""

    media_type: str
    extension: str
    reading: Mapping[str, Any] = field(default_factory=dict)


def judge(file: BinaryIO, *, size: int, accept: Sequence[str], max_mb: float) -> Verdict:
    """What an uploaded file is. `accept` lists "pdf" and "image". Raises Rejected."""
    check_size(size, max_mb)
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    opener = _opener(head)
    if opener is None or opener[0] not in accept:
        raise Rejected("file.type", _wrong_type(accept))
    verdict = opener[1](file)
    file.seek(0)
    return verdict


def check_size(size: int, max_mb: float) -> None:
    """Refuse an empty file, and one of too many bytes. Raises Rejected."""
    if size == 0:
        raise Rejected("file.empty", _("Ce fichier est vide : choisissez-en un autre."))
    if size > max_mb * MEGABYTE:
        raise Rejected("file.too_large", _too_large(size, max_mb))


def _opener(head: bytes) -> tuple[str, Callable[[BinaryIO], Verdict]] | None:
    if b"%PDF-" in head:
        return "pdf", _open_pdf
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image", lambda file: _open_image(file, "PNG")
    if head.startswith(b"\xff\xd8\xff"):
        return "image", lambda file: _open_image(file, "JPEG")
    return None


def _too_large(size: int, max_mb: float) -> str:
    return _(
        "Ce fichier pèse {size} Mo, la limite est de {limit} Mo : réduisez-le, par exemple en le numérisant "
        "avec une qualité moindre."
    ).format(size=excess(size), limit=decimal(max_mb))


def _wrong_type(accept: Sequence[str]) -> str:
    names = {"pdf": _("un PDF"), "image": _("une image PNG ou JPEG")}
    kinds = _(" ou ").join(names[kind] for kind in accept if kind in names)
    return _("Ce fichier n’est pas du bon type : il faut {kinds}. Changer son nom ne suffit pas.").format(
        kinds=kinds
    )


def _open_image(file: BinaryIO, expected: str) -> Verdict:
    broken = Rejected(
        "file.broken",
        _("Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la de nouveau, puis réessayez."),
    )
    try:
        with Image.open(file, formats=[expected]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Rejected(
                    "file.too_many_pixels",
                    _("Cette image est trop grande : réduisez ses dimensions, puis réessayez."),
                )
            image.load()
    except Rejected:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
    ) as error:
        raise broken from error
    return Verdict("image/png", "png") if expected == "PNG" else Verdict("image/jpeg", "jpg")


def _open_pdf(file: BinaryIO) -> Verdict:
    try:
        with pikepdf.open(file, suppress_warnings=True) as pdf:
            if len(pdf.pages) == 0:
                raise Rejected("file.no_page", _("Ce PDF ne contient aucune page : choisissez-en un autre."))
            _refuse_active_content(pdf)
    except pikepdf.PasswordError as error:
        raise Rejected(
            "file.password",
            _("Ce PDF est protégé par un mot de passe : enlevez la protection, puis réessayez."),
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError, OSError) as error:
        raise Rejected(
            "file.broken",
            _("Ce PDF est abîmé ou incomplet : enregistrez-le de nouveau en PDF, puis réessayez."),
        ) from error
    return Verdict("application/pdf", "pdf")


def _refuse_active_content(pdf: pikepdf.Pdf) -> None:
    """Walk every object of the file: scripts, launchers and embedded files hide anywhere."""
    active = Rejected(
        "file.active",
        _(
            "Ce PDF contient un programme ou un fichier caché : "
            "imprimez-le en PDF, puis déposez la copie obtenue."
        ),
    )
    seen = 0
    for top in pdf.objects:
        pending = [top]
        while pending:
            seen += 1
            if seen > MAX_PDF_OBJECTS:
                raise active
            found = pending.pop()
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                if FORBIDDEN_IN_PDF & set(found.keys()) or found.get("/S") in ("/JavaScript", "/Launch"):
                    raise active
                pending += [value for _key, value in found.items() if _is_direct_container(value)]
            elif isinstance(found, pikepdf.Array):
                pending += [value for value in found if _is_direct_container(value)]


def _is_direct_container(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect

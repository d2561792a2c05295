"""Where attachments are kept on a disk."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class DurableFileSystemStorage(FileSystemStorage):
    """A folder whose files are whole or absent: written aside, flushed to the disk, then renamed."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as aside:
            try:
                for chunk in content.chunks():
                    aside.write(chunk)
                aside.flush()
                os.fsync(aside.fileno())
                Path(aside.name).chmod(0o600)
                Path(aside.name).rename(target)
            except BaseException:
                Path(aside.name).unlink(missing_ok=True)
                raise
        _flush_folder(target.parent)
        return name

    def url(self, name: str | None) -> str:
        """Attachments have no public address."""
        raise NotImplementedError("attachments are served by the application only")


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

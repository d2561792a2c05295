"""Giving and taking back supporting documents.

A file is written before the row that names it and deleted after the row is gone: what remains of an
interrupted act is an orphan file, which `sweep_orphans` removes, never a row without its file.
"""

import hashlib
import unicodedata
from datetime import timedelta
from pathlib import PurePath
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from formdefs import Question
from formdefs.fields.workbook import MEDIA_TYPE
from runtime.dossiers.facts import context_of
from runtime.dossiers.limits import open_request, require_editable
from runtime.dossiers.merging import Flat, answer_at, flatten
from runtime.dossiers.models import Dossier
from runtime.dossiers.references import new_reference
from runtime.dossiers.selectors import locked_dossier, the_dossier
from runtime.dossiers.services import Draft, write_answers
from runtime.procedures.definitions import definition_of
from runtime.uploads.judging import Rejected, Verdict, check_size, judge
from runtime.uploads.models import Attachment, attachments_storage
from runtime.workbooks.opening import Unreadable
from runtime.workbooks.read import read_workbook
from tenants.accounts.models import User

FILES_A_QUESTION = 20
UPLOADS_AN_HOUR = 300
ORPHANS_AFTER = timedelta(days=1)


def attach(*, reference: str, by: User, path: str, upload: UploadedFile, replaces: str = "") -> Draft:
    """Add a file to the answer of the document question at `path`, in place of `replaces` where given.

    Raises Rejected with a sentence for the person, Refused where the dossier may not change now, and
    Dossier.DoesNotExist where the policy hides it.
    """
    dossier = the_dossier(by, "dossier.edit", reference)
    question = _document_question(dossier, path)
    _limit_rate(by)
    verdict = _verdict(dossier, question, upload)
    stored = attachments_storage().save(f"{dossier.portal_id}/{uuid4().hex}", upload)
    try:
        return _record(reference, by, path, upload, verdict, stored, question, replaces)
    except BaseException:
        attachments_storage().delete(stored)
        raise


def _verdict(dossier: Dossier, question: Question, upload: UploadedFile) -> Verdict:
    """What the file is, and for a workbook what its cells say. Raises Rejected."""
    file, size, most = cast(BinaryIO, upload.file), upload.size or 0, question.options.get("max_mb", 5)
    if question.control != "workbook":
        return judge(file, size=size, accept=question.options.get("accept", ("pdf", "image")), max_mb=most)
    check_size(size, most)
    context = context_of(dossier, (), dossier.arrived_at)
    try:
        reading = read_workbook(question.options["book"], file, context)
    except Unreadable as unreadable:
        raise Rejected(unreadable.code, unreadable.sentence) from unreadable
    file.seek(0)
    return Verdict(MEDIA_TYPE, "xlsx", reading.data())


@transaction.atomic
def _record(
    reference: str,
    by: User,
    path: str,
    upload: UploadedFile,
    verdict: Verdict,
    stored: str,
    question: Question,
    replaces: str,
) -> Draft:
    dossier = locked_dossier(by, "dossier.edit", reference)
    request = open_request(dossier)
    require_editable(dossier, request, dossier.arrived_at)
    flat = flatten(dossier.raw)
    given = list(answer_at(flat, path) or [])
    if question.control == "workbook" and given:
        replaces = given[0]
    if replaces not in given and len(given) >= question.options.get("max_files", FILES_A_QUESTION):
        raise Rejected(
            "file.too_many",
            _("Cette question a déjà le nombre de fichiers qu’elle accepte : retirez-en un d’abord."),
        )
    attachment = Attachment.objects.create(
        portal_id=dossier.portal_id,
        dossier=dossier,
        reference=new_reference(12),
        question=path,
        file=stored,
        name=safe_name(upload.name or "", verdict.extension),
        size=upload.size or 0,
        media_type=verdict.media_type,
        sha256=_sha256(upload),
        reading=dict(verdict.reading),
        by=by,
    )
    after = [attachment.reference if item == replaces else item for item in given]
    if attachment.reference not in after:
        after.append(attachment.reference)
    if replaces in given:
        _forget(dossier, replaces)
    changed = _answer(dossier, flat, path, after)
    return write_answers(
        dossier,
        flat | changed,
        before={leaf: flat.get(leaf) for leaf in changed},
        conflicts={},
        by=by,
        request=request,
        kind="file_attached",
    )


@transaction.atomic
def detach(*, reference: str, by: User, attachment: str) -> Draft:
    """Take a file back from an answer; it stays kept where a deposit holds it."""
    dossier = locked_dossier(by, "dossier.edit", reference)
    request = open_request(dossier)
    require_editable(dossier, request, dossier.arrived_at)
    flat, before = flatten(dossier.raw), {}
    for path, value in flat.items():
        if not path.endswith("#") and (left := _without(value, attachment)) != value:
            before[path] = value
            flat[path] = left
    if before:
        _forget(dossier, attachment)
    return write_answers(
        dossier, flat, before=before, conflicts={}, by=by, request=request, kind="file_detached"
    )


def sweep_orphans(*, portal_id: int) -> int:
    """Delete the files of a portal that no row names, a day after they were written; how many."""
    storage, swept = attachments_storage(), 0
    if not storage.exists(str(portal_id)):
        return 0
    for name in storage.listdir(str(portal_id))[1]:
        path = f"{portal_id}/{name}"
        old = storage.get_modified_time(path) < timezone.now() - ORPHANS_AFTER
        if old and not Attachment.objects.filter(file=path).exists():
            storage.delete(path)
            swept += 1
    return swept


def safe_name(name: str, extension: str) -> str:
    """A file name without path, control or direction characters, ending as its content says."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in unicodedata.normalize("NFC", base) if c.isprintable() and c not in '<>:"/|?*')
    stem = kept.rsplit(".", 1)[0].strip(" .")[:150] or _("document")
    return f"{stem}.{extension}"


def _document_question(dossier: Dossier, path: str) -> Question:
    phase = definition_of(dossier.version).phase(dossier.phase)
    question = phase.question_at(path) or phase.part_at(path)
    if question is None or not question.type.takes_files:
        raise Rejected("file.question", _("Cette question n’attend pas de fichier : rechargez la page."))
    return question


def _answer(dossier: Dossier, flat: Flat, path: str, ids: list[str]) -> Flat:
    """The leaf that holds the files of `path`, with these: a question's own, or that of its whole."""
    if definition_of(dossier.version).phase(dossier.phase).question_at(path):
        return {path: ids}
    whole, _dot, part = path.rpartition(".")
    compound = flat.get(whole)
    return {whole: {**(compound if isinstance(compound, dict) else {}), part: ids}}


def _without(value: Any, attachment: str) -> Any:
    """A raw answer without a file, wherever in it the file is named."""
    if isinstance(value, list):
        return [item for item in value if item != attachment]
    if isinstance(value, dict):
        return {name: _without(inner, attachment) for name, inner in value.items()}
    return value


def _limit_rate(by: User) -> None:
    recent = Attachment.objects.filter(by=by, at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent >= UPLOADS_AN_HOUR:
        raise Rejected("file.rate", _("Vous avez déposé beaucoup de fichiers : réessayez dans une heure."))


def _forget(dossier: Dossier, reference: str) -> None:
    """Delete an attachment that no deposit holds, and its file once the transaction is committed."""
    if any(file["id"] == reference for deposit in dossier.deposits.all() for file in deposit.files):
        return
    attachment = dossier.attachments.filter(reference=reference).first()
    if attachment:
        stored = attachment.file
        attachment.delete()
        transaction.on_commit(lambda: stored.delete(save=False))


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()

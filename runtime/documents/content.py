"""What a document says of a deposit: the frozen answers, in order."""

from dataclasses import dataclass

from formdefs import FileFacts, PresentedSection, present, shown
from runtime.dossiers.facts import context_of_deposit
from runtime.dossiers.models import Deposit
from runtime.procedures.definitions import definition_of


@dataclass(frozen=True)
class DepositContent:
    """A deposit as its PDF and its accessible page both show it."""

    facts: tuple[tuple[str, str], ...]
    sections: tuple[PresentedSection, ...]
    files: tuple[FileFacts, ...]


def deposit_content(deposit: Deposit) -> DepositContent:
    """The read-only lines, every visible answer, and the files with their SHA-256."""
    context = context_of_deposit(deposit)
    phase = definition_of(deposit.version).phase(deposit.phase)
    facts = tuple(
        line for page in phase.pages for section in page.sections for line in shown(section, context)
    )
    return DepositContent(
        facts=tuple(dict.fromkeys(facts)),
        sections=present(phase, deposit.answers, context),
        files=tuple(context.files.values()),
    )

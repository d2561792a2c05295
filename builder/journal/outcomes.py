"""What an act on a draft may meet instead of being done."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder.acts.readers import Reader
from formdefs import DefinitionProblem
from runtime.dates import hour_in_full
from runtime.procedures.models import DraftAct


class Unreadable(Exception):
    """The draft is no definition: only the expert tab and undoing change it."""

    def __init__(self, problems: tuple[DefinitionProblem, ...]) -> None:
        super().__init__("unreadable draft")
        self.problems = problems


class Refusal(Exception):
    """An act that cannot be done, with its French sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StillRead(Refusal):
    """A question that rules read cannot go before them: `readers` are the parts that hold these rules."""

    def __init__(self, title: str, readers: tuple[Reader, ...]) -> None:
        listed = ", ".join(f"«\N{NO-BREAK SPACE}{each.title}\N{NO-BREAK SPACE}»" for each in readers)
        super().__init__(
            _("« {title} » est lue par une règle de {readers} : changez d’abord cette règle.").format(
                title=title, readers=listed
            )
        )
        self.readers = readers


class Gone(Refusal):
    """The part was deleted by somebody else; `act` is theirs, which may be undone."""

    def __init__(self, act: DraftAct) -> None:
        super().__init__(_("Supprimée par {who} à {time}.").format(who=act.by, time=hour_in_full(act.time)))
        self.act = act


@dataclass(frozen=True)
class Clash:
    """A property that two people changed: the other's value stands, mine waits for a choice."""

    label: str
    mine: Any
    theirs: Any
    by: str
    at: str


class Conflict(Refusal):
    """Somebody else changed the same property meanwhile; nothing is kept until one chooses."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(
            _("{who} a changé {label} à {time} : choisissez laquelle garder.").format(
                who=clash.by, label=clash.label, time=clash.at
            )
        )
        self.clash = clash


class Overtaken(Refusal):
    """Somebody else changed since what one would undo; to insist puts mine back over theirs."""

    def __init__(self, act: DraftAct, other: DraftAct | None) -> None:
        who = str(other.by) if other else _("Quelqu’un")
        super().__init__(
            _("{who} a changé depuis ce que vous annulez ({said}).").format(who=who, said=act.said)
        )
        self.act, self.other = act, other

"""Who is still missing from the review of a démarche: roles of its steps that nobody holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formdefs import Definition
from runtime.procedures.definitions import definition_of
from runtime.procedures.models import Procedure


@dataclass(frozen=True)
class Vacancy:
    """A role that a review step asks for and that nobody holds: a sentence, and what may be done about it."""

    sentence: str
    remedy: str


def vacancies(procedure: Procedure, definition: Definition) -> tuple[Vacancy, ...]:
    """The roles of the review steps of a démarche's draft that nobody holds yet, in one statement."""
    active = Count("group__user", filter=Q(group__user__is_active=True))
    held = dict(procedure.teams.order_by().values_list("role").annotate(members=active))
    version = procedure.current_version
    return vacant(definition, held, definition_of(version) if version else definition)


def vacant(definition: Definition, held: Mapping[str, int], in_force: Definition) -> tuple[Vacancy, ...]:
    """The roles without anybody; `held` counts the members of those that have a team.

    Teams hold the roles of the definition `in_force`: a role that only the draft has waits for that.
    """
    steps: dict[str, list[str]] = {}
    for review in definition.first_phase.reviews:
        steps.setdefault(review.role, []).append(_("« {step} »").format(step=review.title))
    return tuple(
        _vacancy(definition.roles[role].title, titles, has_team=role in held, known=role in in_force.roles)
        for role, titles in steps.items()
        if not held.get(role)
    )


def _vacancy(role: str, steps: list[str], *, has_team: bool, known: bool) -> Vacancy:
    where = ngettext("à l’étape {steps}", "aux étapes {steps}", len(steps)).format(steps=", ".join(steps))
    if has_team:
        said = _(
            "Aucune équipe du rôle « {role} » n’a de membre : les dossiers déposés attendraient {where}."
        )
        return Vacancy(said.format(role=role, where=where), _("Donner des membres à l’équipe"))
    said = _("Personne ne tient encore le rôle « {role} » : les dossiers déposés attendraient {where}.")
    sentence = said.format(role=role, where=where)
    if known:
        return Vacancy(sentence, _("Nommer une équipe"))
    later = _("Une équipe se nommera une fois cette version publiée.")
    return Vacancy(f"{sentence} {later}", _("Voir les équipes"))

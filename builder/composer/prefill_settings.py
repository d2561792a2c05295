"""Where the answer to a question may be proposed from, each source in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from builder.acts import Target
from builder.composer.labels import COMMON, value_label
from builder.composer.settings import LINE, Setting, Unwritable, as_it_is, asked
from formdefs.options import is_prefill
from runtime.registers import registers

OWN = (
    *("organisation.name", "organisation.siret", "organisation.finess"),
    *("applicant.first_name", "applicant.last_name", "applicant.email"),
)
REGISTER = "register:"
LONGEST_KEY = 99


def prefill_settings(document: Mapping[str, Any], target: Target, value: Any) -> Iterator[Setting]:
    """The source of an answer and, where it is a register, which of its data."""
    sources = _sources(document, target, value)
    now = _root(str(value)) if value else None
    listed = [{"const": source, "title": title} for source, title in sources.items()]
    schema = {"type": "string", "oneOf": listed, "x-field": {"as": "select"}}
    name = target.id.rpartition(".")[2]

    def write(chosen: Any) -> Any:
        return f"{chosen}{name}" if str(chosen).startswith(REGISTER) else as_it_is(chosen)

    yield Setting("prefill", ("x-field", "prefill"), asked(schema, COMMON["prefill"]), "prefill", now, write)
    if now and now.startswith(REGISTER):
        yield _datum(now, str(value).removeprefix(now))


def _sources(document: Mapping[str, Any], target: Target, value: Any) -> dict[str, str]:
    """Every source that may be chosen, with its title; one that is written already stays among them."""
    found = {source: value_label(source) for source in OWN}
    name = target.id.rpartition(".")[2]
    if "." not in target.id:
        found[f"dossier:{document.get('id', '')}.{name}"] = _("Son dernier dossier de cette démarche")
    found[f"query:{name}"] = _("L’adresse suivie : …/commencer/?{key}=…").format(key=name)
    found[f"signed:{name}"] = _("Un lien signé, sous le nom « {key} »").format(key=name)
    for each in registers().values():
        found[f"{REGISTER}{each.name}."] = _("Registre : {title}").format(title=each.title)
    if isinstance(value, str) and value and _root(value) not in found:
        found[_root(value)] = _said(value)
    return found


def _root(value: str) -> str:
    """What is chosen of a source: of a register, the register."""
    return value[: value.index(".") + 1] if value.startswith(REGISTER) else value


def _said(value: str) -> str:
    """A source that is not among those that are offered, in words."""
    kind, _colon, rest = value.partition(":")
    first, _dot, last = rest.partition(".")
    return {
        "dossier": _("Un dossier de « {slug} », question « {name} »").format(slug=first, name=last),
        "query": _("L’adresse suivie : …/commencer/?{key}=…").format(key=rest),
        "signed": _("Un lien signé, sous le nom « {key} »").format(key=rest),
        "register": _("Registre : {title}").format(title=first),
    }.get(kind, value)


def _datum(register: str, key: str) -> Setting:
    hint = _("Le nom de la donnée dans ce registre, par exemple « denomination ».")
    schema = asked({**LINE, "maxLength": LONGEST_KEY}, _("Donnée du registre"), help=hint, required=True)

    def write(typed: Any) -> Any:
        if not is_prefill(f"{register}{typed}"):
            raise Unwritable(
                _("Écrivez des minuscules sans accent, des chiffres, des points ou des tirets bas.")
            )
        return f"{register}{typed}"

    return Setting("register_datum", ("x-field", "prefill"), schema, "prefill", key, write)

"""Statements that the ORM composes once: to write one takes it longer than PostgreSQL to answer it.

For the few that every page needs. The queryset stays the only source of the SQL, hence the policy the only
source of its WHERE: only the values change from one request to the next.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NoReturn, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)

A_KEY = -(2**62)
"""Stands for a number that only the request knows, while the statement is composed."""
A_TEXT = "\ue000a text\ue001"
"""Stands for a text that only the request knows."""


def _refuse(*_: Any) -> NoReturn:
    """What is read while a statement is composed would be kept in it for everybody."""
    raise RuntimeError("A statement composed once cannot depend on what another one reads.")


class Statement(Generic[M]):
    """A queryset with stand-ins for its values, composed; the same object serves every thread.

    `compose` gives it, and `stand_ins` say which value has which name:
    `Statement(lambda: Dossier.objects.filter(reference=A_TEXT), reference=A_TEXT)`.
    """

    def __init__(self, compose: Callable[[], QuerySet[M]], **stand_ins: Any) -> None:
        with connection.execute_wrapper(_refuse):
            queryset = compose()
        self.model, self.locks = queryset.model, queryset.query.select_for_update
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, params = compiler.as_sql()
        names = {stand_in: name for name, stand_in in stand_ins.items()}
        self.params = tuple((names.get(param), param) for param in params)
        if missing := stand_ins.keys() - {name for name, _param in self.params}:
            raise ValueError(f"The statement does not read {sorted(missing)}: {self.sql}")
        info = compiler.klass_info
        fields = info["select_fields"]
        self.columns = slice(fields[0], fields[-1] + 1)
        self.attributes = [column.target.attname for column, *_ in compiler.select[self.columns]]
        self.related = get_related_populators(  # type: ignore[call-arg]
            info, compiler.select, DEFAULT_DB_ALIAS
        )
        self.annotations = tuple(compiler.annotation_col_map.items())
        self.converters = tuple(
            (place, converter, expression)
            for place, (converters, expression) in compiler.get_converters(
                column for column, *_ in compiler.select
            ).items()
            for converter in converters
        )

    def all(self, **values: Any) -> list[M]:
        """The objects found with these values."""
        if self.locks and connection.get_autocommit():
            raise TransactionManagementError("A lock is held by a transaction.")
        given = [param if name is None else type(param)(values[name]) for name, param in self.params]
        with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(self.sql, given)
            rows = cursor.fetchall()
        return [self._object(list(row)) for row in rows]

    def get(self, **values: Any) -> M:
        """The one object found. Raises DoesNotExist and MultipleObjectsReturned as a queryset does."""
        found = self.all(**values)
        if not found:
            raise self.model.DoesNotExist  # type: ignore[attr-defined]
        if len(found) > 1:
            raise self.model.MultipleObjectsReturned  # type: ignore[attr-defined]
        return found[0]

    def _object(self, row: list[Any]) -> M:
        for place, converter, expression in self.converters:
            row[place] = converter(row[place], expression, connection)
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.attributes, row[self.columns])
        for populator in self.related:
            populator.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


class Writing:
    """One new row and some columns of another, written by one statement; the same object serves every thread.

    Both models stay the source of columns and values; what would run at `save` (signals) does not.
    """

    def __init__(self, new: type[Model], changed: type[Model], columns: Sequence[str]) -> None:
        fields = {field.name: field for field in changed._meta.local_concrete_fields}
        self.new = [field for field in new._meta.local_concrete_fields if not field.primary_key]
        self.changed = [*map(fields.__getitem__, columns), *(f for f in fields.values() if f.primary_key)]
        *written, key = (_quoted(field.column) for field in self.changed)
        names = ", ".join(_quoted(field.column) for field in self.new)
        values = ", ".join("%s" for _field in self.new)
        assigned = ", ".join(f"{name} = %s" for name in written)
        self.sql = (
            f"with added as (insert into {_quoted(new._meta.db_table)} ({names}) values ({values})) "
            f"update {_quoted(changed._meta.db_table)} set {assigned} where {key} = %s"
        )

    def write(self, new: Model, changed: Model) -> None:
        """Add the one, and change the other. Raises DatabaseError where there is nothing to change."""
        values = [*self._values(self.new, new, adds=True), *self._values(self.changed, changed, adds=False)]
        with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(self.sql, values)
            if cursor.rowcount != 1:
                raise DatabaseError(f"{changed!r} was not changed.")

    @staticmethod
    def _values(fields: Sequence[Any], row: Model, *, adds: bool) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, adds), connection) for field in fields]


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")

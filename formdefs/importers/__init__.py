"""Démarches made from JSON Schemas that were written for other form renderers."""

from formdefs.importers.data import data_of, values_of
from formdefs.importers.schema import Imported, Loss, import_schema

__all__ = ["Imported", "Loss", "data_of", "import_schema", "values_of"]

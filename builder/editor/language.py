"""The language of definitions as the expert tab completes and explains it."""

from functools import lru_cache
from typing import Any

from formdefs import metaschema
from formdefs.options import COMMON_OPTIONS
from formdefs.registry import TYPES


@lru_cache(maxsize=1)
def language_data() -> dict[str, Any]:
    """The meta-schema, the options of every question, and each type's own keywords and options."""
    return {
        "schema": metaschema.SCHEMA,
        "common": dict(COMMON_OPTIONS),
        "types": {
            slug: {
                "title": kind.title,
                "keywords": sorted(kind.keywords),
                "options": dict(kind.options_schema.get("properties", {})),
            }
            for slug, kind in TYPES.items()
        },
    }

"""The field types, one a file; `formdefs.registry` finds them."""

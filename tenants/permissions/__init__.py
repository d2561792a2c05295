"""The door of the access policy."""

from tenants.permissions.engine import Forbidden, Person, Row, can, policy, require, visible

__all__ = ["Forbidden", "Person", "Row", "can", "policy", "require", "visible"]

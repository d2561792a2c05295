"""The rooms' models, under one app label."""

from tenants.accounts.models import Session, User
from tenants.memberships.models import Membership
from tenants.organisations.models import Organisation
from tenants.portals.models import Portal, PortalRole

__all__ = ["Membership", "Organisation", "Portal", "PortalRole", "Session", "User"]

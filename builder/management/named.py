"""What the commands are told by name: a portal, a démarche, a person."""

from django.core.management.base import CommandError

from runtime.procedures.models import Procedure
from tenants.accounts.models import User
from tenants.portals.models import Portal, PortalRole


def named_portal(slug: str) -> Portal:
    """The portal of that name, or the only one there is. Raises CommandError."""
    portals = list(Portal.objects.filter(slug=slug) if slug else Portal.objects.all()[:2])
    if len(portals) == 1:
        return portals[0]
    if slug:
        raise CommandError(f"Il n’y a pas de portail « {slug} ».")
    raise CommandError("Nommez le portail avec --portal." if portals else "Il n’y a encore aucun portail.")


def named_procedure(slug: str) -> Procedure:
    """The démarche at that address of the current portal. Raises CommandError."""
    found = Procedure.objects.select_related("current_version").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"Il n’y a pas de démarche « {slug} » sur ce portail.")
    return found


def named_administrator(portal: Portal, username: str) -> User:
    """The account of that name, or the portal's only administrator. Raises CommandError."""
    if username:
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"Il n’y a pas de compte « {username} ».")
        return user
    held = PortalRole.objects.filter(portal=portal, role=PortalRole.Role.ADMINISTRATOR, user__is_active=True)
    roles = list(held.select_related("user")[:2])
    if len(roles) != 1:
        raise CommandError("Dites au nom de qui avec --by : un nom d’utilisateur qui administre le portail.")
    return roles[0].user

"""Which screens of the Wagtail admin each role of a portal meets; what is not written here is refused.

A name is that of an address (`namespace:name`); one that ends with `*` stands for a whole family, only
for the families of our own, whose views ask the policy themselves.
"""

from collections.abc import Iterable

from tenants.portals.models import PortalRole

ADMINISTRATOR, EDITOR = PortalRole.Role.ADMINISTRATOR.value, PortalRole.Role.EDITOR.value


def _names(family: str, names: str) -> frozenset[str]:
    return frozenset(f"{family}{name}" for name in names.split())


# Nothing here is about anybody or anything: icons, words, and the ways to the one sign-in door.
OPEN = _names("wagtailadmin_", "sprite javascript_catalog") | _names("door_", "sign_in sign_out password")

HOME = _names("wagtailadmin_", "home account dismissibles block_preview") | {
    "wagtail.admin.views.home.default"
}

PAGES = (
    _names("wagtailadmin_", "explore_root explore explore_results")
    | _names(
        "wagtailadmin_pages:",
        "add preview_on_add edit preview_on_edit view_draft add_subpage delete unpublish search "
        "search_results move move_confirm set_page_position copy lock unlock usage history history_results "
        "revisions_index revisions_view revisions_revert revisions_unschedule revisions_compare",
    )
    | _names("wagtailadmin_editing_sessions:", "ping release")
    # The tree of the side bar.
    | _names("wagtailadmin_api:pages:", "listing detail")
)

CHOOSERS = (
    _names(
        "wagtailadmin_choose_page",
        "_child _search _chosen_multiple _external_link _email_link _phone_link _anchor_link",
    )
    | {"wagtailadmin_choose_page"}
    | _names("wagtailimages_chooser:", "choose choose_results chosen chosen_multiple create select_format")
    | _names("wagtaildocs_chooser:", "choose choose_results chosen chosen_multiple create")
)

FILES = _names(
    "wagtailimages:",
    "index index_results edit delete add image_usage add_multiple edit_multiple delete_multiple "
    "create_multiple_from_uploaded_image delete_upload_multiple",
) | _names(
    "wagtaildocs:",
    "index index_results edit delete add document_usage add_multiple edit_multiple delete_multiple "
    "create_multiple_from_uploaded_document delete_upload_multiple",
)

BULK = "wagtail_bulk_action"

CONTENT = HOME | PAGES | CHOOSERS | FILES | {BULK, "highlights:*"}

SCREENS: dict[str, frozenset[str]] = {
    EDITOR: CONTENT,
    ADMINISTRATOR: CONTENT | {"builder_*", "builder:*"},
}


def is_open(view_name: str) -> bool:
    """Whether an address of the admin asks nobody who they are."""
    return view_name in OPEN


def is_shown(view_name: str, roles: Iterable[str]) -> bool:
    """Whether one of these roles meets the screen."""
    return any(_listed(view_name, SCREENS.get(role, frozenset())) for role in roles)


def _listed(view_name: str, screens: frozenset[str]) -> bool:
    return view_name in screens or any(
        name.endswith("*") and view_name.startswith(name[:-1]) for name in screens
    )

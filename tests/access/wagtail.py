"""Rows of Wagtail's addresses, by family: the beginnings of their names, and the roles that meet them.

What begins with several of these belongs to the longest. A family that no role meets answers 403 to
everybody who is signed in.
"""

EVERYBODY, STAFF, NOBODY = "everybody", "staff", "nobody"

FAMILIES = {
    "wagtailadmin_home": STAFF,
    "wagtailadmin_account": STAFF,
    "wagtailadmin_dismissibles": STAFF,
    "wagtailadmin_block_preview": STAFF,
    "wagtailadmin_explore": STAFF,
    "wagtailadmin_choose_page": STAFF,
    "wagtailadmin_editing_sessions:": STAFF,
    "wagtail_bulk_action": STAFF,
    "wagtailadmin_pages:": STAFF,
    "wagtailadmin_pages:type_use": NOBODY,
    "wagtailadmin_pages:choose_parent": NOBODY,
    "wagtailadmin_pages:convert_alias": NOBODY,
    "wagtailadmin_pages:set_privacy": NOBODY,
    "wagtailadmin_pages:workflow_": NOBODY,
    "wagtailadmin_pages:collect_workflow_action_data": NOBODY,
    "wagtailadmin_pages:confirm_workflow_cancellation": NOBODY,
    "wagtailadmin_choose_page_": STAFF,
    "wagtailimages:": STAFF,
    "wagtailimages:url_generator": NOBODY,
    "wagtailimages:preview": NOBODY,
    "wagtailimages_chooser:": STAFF,
    "wagtaildocs:": STAFF,
    "wagtaildocs_chooser:": STAFF,
    "wagtailadmin_api:pages:listing": STAFF,
    "wagtailadmin_api:pages:detail": STAFF,
    "wagtailadmin_api:": NOBODY,
    "wagtailadmin_error_test": NOBODY,
    "wagtailadmin_tag_": NOBODY,
    "wagtailadmin_collections:": NOBODY,
    "wagtailadmin_workflows:": NOBODY,
    "wagtailadmin_reports:": NOBODY,
    "wagtailembeds:": NOBODY,
    "wagtailsnippets:": NOBODY,
    "wagtailsites:": NOBODY,
    "wagtailusers_users:": NOBODY,
    "wagtailusers_groups:": NOBODY,
    "wagtailadmin_sprite": EVERYBODY,
    "wagtailadmin_javascript_catalog": EVERYBODY,
    # Behind our own addresses, which come first and lead to allauth.
    "wagtailadmin_login": EVERYBODY,
    "wagtailadmin_logout": EVERYBODY,
    "wagtailadmin_password_reset": EVERYBODY,
}

PUBLIC = (
    # Pages and documents of the portal that the host names; passwords of pages that have one.
    "wagtail_serve",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
)

NAMELESS = ("administration/test404/", "administration/^.*/$")


def family_of(name: str) -> str:
    """Who meets the address of this name."""
    return FAMILIES[max((begin for begin in FAMILIES if name.startswith(begin)), key=len)]

"""Rows of the composition root's addresses: the doors, the pictures, the demonstration's mailbox.

visitor, applicant, colleague, stranger, verifier, wrong verifier, editor, administrator, neighbour.
"""

from typing import Any

from tests.access.personas import Goods, Row


def image(goods: Goods) -> dict[str, Any]:
    return {"path": goods.image.file.name}


ROWS = (
    Row("door_sign_in", "GET", "302"),
    Row("door_sign_out", "GET", "307"),
    Row("door_sign_out", "POST", "307"),
    Row("door_password", "GET", "302"),
    Row("door_visitor_sign_in", "GET", "302"),
    # Pictures of the portal's public pages.
    Row("picture", "GET", "200", image),
    # The demonstration's mails are everybody's; here none was written.
    Row("demonstration_mailbox", "GET", "200"),
    Row("demonstration_mail", "GET", "404", lambda goods: {"identity": "1-0"}),
    Row("demonstration_attached", "GET", "404", lambda goods: {"identity": "1-0", "number": 0}),
)

IN = "302 200 200 200 200 200 200 200 200"
NOT_OFFERED = ("signup", "email", "inactive", "reauthenticate", "set_password", "email_verification_sent")

# Who signs in or changes the password. The platform opens no account and changes no address by itself.
ACCOUNTS = (
    Row("account_login", "GET", "200 302 302 302 302 302 302 302 302"),
    Row("account_logout", "GET", IN),
    Row("account_logout", "POST", "302"),
    Row("account_change_password", "GET", IN),
    Row("account_reset_password", "GET", "200"),
    Row("account_reset_password_done", "GET", "200"),
    Row("account_reset_password_from_key_done", "GET", "200"),
    Row("account_reset_password_from_key", "GET", "200", lambda goods: {"uidb36": "1", "key": "abc"}),
    *(Row(f"account_{name}", "GET", "302") for name in NOT_OFFERED),
)

"""The mails about an account speak as the portal does."""

from django.core import mail
from django.urls import reverse

from tests.fixtures import House


def test_a_forgotten_password_is_answered_in_the_portal_s_name(house: House) -> None:
    house.client().post(reverse("account_reset_password"), {"email": house.applicant.email})
    sent = mail.outbox[-1]
    assert "Choisissez un nouveau mot de passe" in sent.subject
    assert sent.body.startswith(f"Bonjour {house.applicant.get_full_name()},")
    assert reverse("account_reset_password").split("/")[1] in sent.body
    assert house.portal.name in sent.body
    assert house.applicant.username in sent.body

"""« Démarches à la Une »: order, period, rights, and the screens that arrange them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Collection

from tenants.permissions import Forbidden
from tenants.portals.current import portal_context
from themes.highlights.selectors import arranged, highlights_on, not_yet_featured
from themes.highlights.services import NotPublished, feature, illustrate, move, set_period, unfeature
from themes.models import Highlight

from .conftest import Place, home_of, portal_at

NOW = timezone.now()
DAY = timedelta(days=1)

pytestmark = pytest.mark.urls("tests.themes.addresses")


def put(place: Place, *slugs: str) -> list[Highlight]:
    return [feature(portal=place.portal, procedure=place.procedure(slug), by=place.editor) for slug in slugs]


def order(place: Place) -> list[str]:
    return [highlight.procedure.slug for highlight in arranged(place.portal)]


def test_a_procedure_is_featured_last_and_only_once(place: Place) -> None:
    first, _second = put(place, "a", "b")
    again = feature(portal=place.portal, procedure=first.procedure, by=place.editor)
    assert again == first
    assert order(place) == ["a", "b"]


def test_a_procedure_without_a_published_version_is_not_featured(place: Place) -> None:
    with pytest.raises(NotPublished):
        feature(portal=place.portal, procedure=place.procedure("a", published=False), by=place.editor)


def test_another_portal_s_procedure_is_not_featured(place: Place) -> None:
    mine = place.procedure("a")
    other = portal_at("ailleurs.test", home_of("ailleurs"))
    with portal_context(place.portal.pk), pytest.raises((NotPublished, Forbidden)):
        feature(portal=other, procedure=mine, by=place.editor)


@pytest.mark.parametrize(
    ("moved", "places", "expected"),
    [(1, -1, "bac"), (0, 1, "bac"), (0, -1, "abc"), (2, 1, "abc"), (2, -2, "cab")],
)
def test_moving_keeps_the_others_in_order_and_stops_at_the_ends(
    place: Place, moved: int, places: int, expected: str
) -> None:
    highlights = put(place, "a", "b", "c")
    move(highlight=highlights[moved], by=place.editor, places=places)
    assert order(place) == list(expected)


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        (None, None, True),
        (-DAY, DAY, True),
        (DAY, None, False),
        (None, -DAY, False),
        (None, timedelta(), False),
    ],
)
def test_a_highlight_shows_only_within_its_period(
    place: Place, starts: timedelta | None, ends: timedelta | None, shown: bool
) -> None:
    (highlight,) = put(place, "a")
    starts_at = NOW + starts if starts is not None else None
    ends_at = NOW + ends if ends is not None else None
    set_period(highlight=highlight, by=place.editor, starts_at=starts_at, ends_at=ends_at)
    assert bool(highlights_on(place.portal, NOW)) is shown


def test_a_period_that_ends_before_it_starts_is_refused(place: Place) -> None:
    (highlight,) = put(place, "a")
    with pytest.raises(ValidationError, match="La fin vient après le début"):
        set_period(highlight=highlight, by=place.editor, starts_at=NOW, ends_at=NOW - DAY)


def test_who_may_not_arrange_the_une_does_nothing_to_it(place: Place) -> None:
    procedure = place.procedure("a")
    (highlight,) = put(place, "b")
    by = place.stranger
    acts = (
        lambda: feature(portal=place.portal, procedure=procedure, by=by),
        lambda: unfeature(highlight=highlight, by=by),
        lambda: move(highlight=highlight, by=by, places=1),
        lambda: set_period(highlight=highlight, by=by, starts_at=None, ends_at=None),
        lambda: illustrate(highlight=highlight, by=by, image=None, image_alt=""),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert order(place) == ["b"]


def test_published_procedures_that_are_not_featured_are_proposed(place: Place) -> None:
    put(place, "a")
    place.procedure("b")
    place.procedure("c", published=False)
    assert [p.slug for p in not_yet_featured(place.editor, place.portal)] == ["b"]


def test_reading_the_une_costs_the_same_for_one_and_for_five(
    place: Place, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    put(place, *"abcde")
    highlights_on(place.portal, NOW)
    with django_assert_num_queries(1):
        assert len(highlights_on(place.portal, NOW)) == 5


@pytest.fixture
def editor(place: Place) -> Client:
    place.editor.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    client = Client(headers={"host": "vallee.test"})
    client.force_login(place.editor)
    return client


def test_the_editor_arranges_the_une_from_the_admin(place: Place, editor: Client) -> None:
    put(place, "a", "b")
    place.procedure("c")
    page = editor.get(reverse("highlights:index"))
    assert "Nouvelles démarches à proposer" in page.content.decode()
    first = Highlight.objects.first()
    assert editor.post(reverse("highlights:feature", args=["c"])).status_code == 302
    editor.post(reverse("highlights:down", args=[first.pk]))
    assert order(place) == ["b", "a", "c"]
    editor.post(reverse("highlights:up", args=[first.pk]))
    editor.post(reverse("highlights:unfeature", args=[first.pk]))
    assert order(place) == ["b", "c"]


def test_nothing_is_arranged_by_following_a_link(place: Place, editor: Client) -> None:
    (highlight,) = put(place, "a")
    for name in ("up", "down", "unfeature"):
        assert editor.get(reverse(f"highlights:{name}", args=[highlight.pk])).status_code == 405
    assert order(place) == ["a"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_image_of_another_portal_is_no_choice(
    place: Place, editor: Client, picture: Callable[[Collection], Image]
) -> None:
    (highlight,) = put(place, "a")
    ours = picture(place.portal.collection)
    theirs = picture(portal_at("ailleurs.test", home_of("ailleurs")).collection)
    url = reverse("highlights:edit", args=[highlight.pk])
    assert editor.post(url, {"image": theirs.pk}).status_code == 200
    assert editor.post(url, {"image": ours.pk, "image_alt": "Une vallée"}).status_code == 302
    highlight.refresh_from_db()
    assert (highlight.image, highlight.image_alt) == (ours, "Une vallée")


def test_a_stranger_sees_no_screen_of_the_une(place: Place) -> None:
    (highlight,) = put(place, "a")
    client = Client(headers={"host": "vallee.test"})
    client.force_login(place.stranger)
    for url in (reverse("highlights:index"), reverse("highlights:edit", args=[highlight.pk])):
        assert client.get(url).status_code in (302, 403)
    client.post(reverse("highlights:unfeature", args=[highlight.pk]))
    assert order(place) == ["a"]

"""The front page cannot be taken away, not even by those who publish it: without it there is no way in."""

import pytest
from django.urls import reverse

from alongside.workshop.models import FrontPage


@pytest.mark.parametrize("who", ["cora", "marisol"])
@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/edit/pages/{page}/delete/", {}),
        ("/edit/pages/{page}/unpublish/", {}),
        ("/edit/pages/{page}/privacy/", {"restriction_type": "login"}),
        ("/edit/pages/{page}/privacy/", {"restriction_type": "password", "password": "nobody knows it"}),
        ("/edit/bulk/wagtailcore/page/delete/?id={page}&next=/edit/", {}),
        ("/edit/bulk/wagtailcore/page/unpublish/?id={page}&next=/edit/", {}),
    ],
)
@pytest.mark.django_db
def test_nobody_takes_the_front_page_away(request, as_, client, who, address, form):
    as_(request.getfixturevalue(who)).post(address.format(page=FrontPage.objects.get().pk), form)
    page = client.get("/")
    assert page.status_code == 200
    assert "Be someone she can tell" in page.text


@pytest.mark.django_db
def test_nobody_sets_a_date_on_which_the_front_page_goes(as_, marisol):
    form = as_(marisol).get(reverse("wagtailadmin_pages:edit", args=[FrontPage.objects.get().pk]))
    assert 'name="title"' in form.text
    assert 'name="expire_at"' not in form.text

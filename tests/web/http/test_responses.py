"""A page for the browser and for htmx that takes its part out of it; a fragment for htmx else."""

import pytest


@pytest.fixture
def answer(sign_in, charlie):
    phone = sign_in(charlie)
    return lambda headers: phone.get("/clients", headers=headers)


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-Request-Type": "partial"}, False),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, True),
    ],
)
def test_the_fragment_is_for_htmx_that_asks_for_no_page(answer, headers, whole):
    response = answer(headers)
    assert ("<html" in response.text) is whole
    assert {"HX-Request", "HX-Request-Type"} <= set(response.vary)

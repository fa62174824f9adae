"""What only somebody who means harm sends."""

import pytest
from django.test import Client
from wagtail.models import Page

from learners.study.models import Enrolment
from tests.learners.study.conftest import post

DEEP = ['{"x":' + "[" * 16_000, '{"x":' * 3_000]
NO_JSON = ["", "nothing", '{"lesson": NaN}', '{"token": "\\ud800"}', "\ufeff{}"]


@pytest.mark.parametrize("body", [*DEEP, *NO_JSON])
@pytest.mark.parametrize("name", ["progress", "quiz", "enrol", "save"])
def test_body_that_is_no_json_is_refused_in_the_agreed_shape(client, chen_jing, name, body):
    client.force_login(chen_jing)
    response = client.post(f"/learn/{name}/", body, content_type="application/json")
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], error["message"]) == ("bad-json", "提交的内容不是 JSON 格式。")


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 40])
@pytest.mark.parametrize("address", ["state/{}/", "quiz/{}/"])
def test_number_that_no_row_has_is_not_found(client, chen_jing, address, number):
    client.force_login(chen_jing)
    response = client.get("/learn/" + address.format(number))
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not-found")


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40])
def test_certificate_of_a_number_that_no_row_has_is_not_found(client, chen_jing, number):
    client.force_login(chen_jing)
    assert client.get(f"/learn/certificates/{number}/1/").status_code == 404
    assert client.get(f"/learn/certificates/1/{number}/").status_code == 404


def test_state_of_the_root_which_has_no_address_is_not_found(client, home, chen_jing):
    root = Page.objects.get(depth=1)
    assert client.get(f"/learn/state/{root.pk}/").status_code == 404
    client.force_login(chen_jing)
    assert client.get(f"/learn/state/{root.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["enrol", "save"])
def test_request_without_csrf_token_is_refused_in_the_agreed_shape(chen_jing, course, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(chen_jing)
    response = post(client, f"/learn/{name}/", course=course.pk, page=course.pk, saved=True)
    assert response.status_code == 403
    assert response.json()["error"] == {
        "code": "csrf",
        "message": "请刷新页面再试一次。",
        "fields": {},
    }
    assert not Enrolment.objects.exists()

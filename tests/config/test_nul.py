import json

import pytest


@pytest.mark.parametrize(
    "address",
    [
        "/courses/%00/",
        "/no%00where",
        "/courses/?age=%00",
        "/api/v2/pages/?search=%00",
        "/learn/?page=%00",
        "/certificates/%00/",
        "/join/%00/",
        "/account/sign-in/?next=/%00",
    ],
)
def test_nul_in_an_address_is_refused(client, home, address):
    response = client.get(address)
    assert response.status_code == 400
    assert "这个地址打不开" in response.content.decode()


def test_nul_in_a_cookie_is_refused_before_a_session_is_looked_for(client, home):
    # http.cookies reads the octal; the session's key would hold the character itself.
    client.cookies.clear()
    response = client.get("/learn/", headers={"cookie": 'sessionid="abcdefgh\\000ijkl"'})
    assert response.status_code == 400


@pytest.mark.parametrize("chosen", [["\0"], ["7-12", "\0"]])
def test_nul_among_choices_is_refused_and_nothing_stored(client, chen_jing, chosen):
    client.force_login(chen_jing)
    response = client.post("/learn/interests/", {"age_stages": chosen})
    assert response.status_code in (200, 400)
    kept = json.loads(client.get("/account/download/").content)["interests"]
    assert kept == {"age_stages": [], "circumstances": []}


def test_nul_typed_into_a_form_is_told_on_its_field(client, db):
    typed = {"phone": "138\x0000138001", "consent": "on"}
    response = client.post("/account/sign-in/", typed)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["phone"])


def test_address_without_nul_passes(client, home):
    assert client.get("/courses/?age=%2500").status_code == 200

import pytest

from learners.study import tokens

NOW = 1_800_000_000.0
TOKEN = tokens.Token(1, 2, 3, 4, int(NOW), 380, 342, "0123456789ab")


def test_read_issued_token_is_the_same():
    assert tokens.read(tokens.issue(TOKEN), NOW + 60) == TOKEN


def test_read_article_token_has_no_media_key():
    article = tokens.Token(1, 2, 3, 4, int(NOW), 120, 120, "")
    assert tokens.read(tokens.issue(article), NOW) == article


@pytest.mark.parametrize(
    "forge", [lambda t: t.replace("1.", "9.", 1), lambda t: t[:-1], lambda t: "x"]
)
def test_read_forged_token_is_refused(forge):
    with pytest.raises(tokens.BadToken) as refused:
        tokens.read(forge(tokens.issue(TOKEN)), NOW)
    assert refused.value.code == "bad-token"


def test_read_token_after_thirty_days_is_refused():
    text = tokens.issue(TOKEN)
    assert tokens.read(text, NOW + 30 * 86400) == TOKEN
    with pytest.raises(tokens.BadToken) as refused:
        tokens.read(text, NOW + 30 * 86400 + 1)
    assert refused.value.code == "token-expired"

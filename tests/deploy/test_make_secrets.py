import stat

from cryptography.fernet import Fernet

from deploy.make_secrets import add_secrets


def values(path):
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if line)


def test_secrets_are_fresh_and_private(tmp_path):
    first, second = tmp_path / "a" / "env", tmp_path / "b" / "env"
    names = ["SECRET_KEY", "FIELD_KEYS", "FIELD_HASH_KEY", "POSTGRES_PASSWORD"]
    assert add_secrets(first, ["POSTGRES_PASSWORD"]) == names
    assert add_secrets(second, ["POSTGRES_PASSWORD"]) == names
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert not set(values(first).values()) & set(values(second).values())
    Fernet(values(first)["FIELD_KEYS"])


def test_secrets_that_stand_are_kept(tmp_path):
    path = tmp_path / "env"
    path.write_text("SECRET_KEY=mine\n# FIELD_KEYS=\nSITE_URL=https://school.example")
    path.chmod(0o644)
    assert add_secrets(path) == ["FIELD_KEYS", "FIELD_HASH_KEY"]
    once = path.read_text()
    assert values(path)["SECRET_KEY"] == "mine"
    assert values(path)["SITE_URL"] == "https://school.example"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert add_secrets(path) == []
    assert path.read_text() == once

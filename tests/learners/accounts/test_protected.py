import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from learners.accounts.models import User
from learners.accounts.protected import decrypt, encrypt, keyed_hash


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_encrypt_can_be_read_back(text):
    assert decrypt(encrypt(text)) == text


def test_encrypt_twice_gives_two_texts():
    assert encrypt("+8613800138001") != encrypt("+8613800138001")


def test_decrypt_after_the_keys_were_rotated(settings):
    old = encrypt("+8613800138001")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    new = encrypt("+8613800138001")
    assert [decrypt(text) for text in (old, new)] == ["+8613800138001"] * 2
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert decrypt(new) == "+8613800138001"
    with pytest.raises(InvalidToken):
        decrypt(old)


def test_keyed_hash_depends_on_its_key(settings):
    first = keyed_hash("+8613800138001")
    assert (len(first), keyed_hash("+8613800138001")) == (64, first)
    settings.FIELD_HASH_KEY += "x"
    assert keyed_hash("+8613800138001") != first


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user")
        return [phone for (phone,) in cursor.fetchall()]


def test_encrypted_field_stores_no_plain_text(chen_jing):
    (phone,) = stored()
    assert (decrypt(phone), "8001" in phone) == ("+8613800138001", False)
    assert User.objects.get().phone == "+8613800138001"


def test_encrypted_field_leaves_nothing_empty(db):
    User.objects.create(username="lin")
    assert (stored(), User.objects.get().phone) == ([""], "")


def test_encrypted_field_is_not_found_by_its_text(chen_jing):
    assert list(User.objects.filter(phone="+8613800138001")) == []
    assert list(User.objects.with_phone("+8613800138001")) == [chen_jing]

"""The account that an unknown phone gets, and what becomes of it without a code."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from learners.accounts.models import User
from learners.accounts.protected import keyed_hash
from learners.accounts.sign_in import person_with_phone

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_sign_in_of_one_unknown_phone_in_two_tabs_at_once_makes_one_account(outbox):
    start = threading.Barrier(4)
    made = []

    def tab():
        start.wait()
        made.append(person_with_phone("+8613800138099").pk)
        connections.close_all()

    threads = [threading.Thread(target=tab) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [User.objects.get().pk] * 4


def test_person_with_phone_when_another_tab_was_faster(monkeypatch):
    """The other tab's row appears between the look-up and the insert."""
    from learners.accounts.models import PersonQuerySet

    first = person_with_phone("+8613800138099")
    looked = []
    get = PersonQuerySet.get

    def late_get(self, *args, **kwargs):
        looked.append(1)
        if len(looked) == 1:
            raise User.DoesNotExist
        return get(self, *args, **kwargs)

    monkeypatch.setattr(PersonQuerySet, "get", late_get)
    assert person_with_phone("+8613800138099").pk == first.pk
    assert User.objects.count() == 1


def test_delete_unconfirmed_keeps_everybody_who_counts(chen_jing, django_assert_num_queries):
    from learners.accounts.tasks import delete_unconfirmed

    old = timezone.now() - timedelta(days=1, minutes=1)
    for n in range(3):
        person_with_phone(f"+8613800138{100 + n}")
    fresh = person_with_phone("+8613800138099")
    expert = User.objects.create_user("lin", password="pass-word-1")
    expert.set_phone("+8613800138070", verified=False)
    expert.save()
    User.objects.exclude(pk=fresh.pk).update(date_joined=old)
    assert delete_unconfirmed.call() == 3
    assert set(User.objects.all()) == {chen_jing, fresh, expert}


def test_phone_is_stored_encrypted(chen_jing):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_hash FROM accounts_user")
        phone, phone_hash = cursor.fetchone()
    assert ("8001" in phone, phone_hash) == (False, keyed_hash("+8613800138001"))

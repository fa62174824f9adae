"""The demonstration's cast: invented people with sign-in details, one for each role."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from learners.accounts.models import User
from learners.accounts.protected import keyed_hash


@dataclass(frozen=True, slots=True)
class SignIn:
    """`password` is empty for parents, who get a code."""

    role: str
    name: str
    login: str
    password: str


PARENTS = [
    ("陈静（妈妈）", "+8613800138001"),
    ("陈建国（外公）", "+8613800138002"),
    ("李伟（爸爸）", "+8613800138003"),
]
STAFF = [
    ("专家", "林教授", "expert"),
    ("编辑", "编辑小周", "editor"),
    ("市级管理员", "市管理员", "city"),
    ("", "区县管理员", "district"),
]


def load() -> list[SignIn]:
    """Makes who is missing. Staff passwords are random and kept in a file only its owner reads."""
    passwords = _passwords()
    parents = [_parent(*parent) for parent in PARENTS]
    return [*parents, *(_staff(*member, passwords[member[2]]) for member in STAFF)]


def _passwords() -> dict[str, str]:
    file = settings.VAR_DIR / "demo_passwords.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    passwords = {login: kept.get(login) or get_random_string(12) for _, _, login in STAFF}
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords))
    return passwords


def _parent(name: str, phone: str) -> SignIn:
    if not User.objects.filter(phone_hash=keyed_hash(phone)).exists():
        user = User(name=name, phone=phone, phone_hash=keyed_hash(phone), phone_verified=True)
        user.set_unusable_password()
        user.save()
    return SignIn("家长", name, phone.removeprefix("+86"), "")


def _staff(role: str, name: str, username: str, password: str) -> SignIn:
    user, _created = User.objects.get_or_create(username=username, defaults={"name": name})
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    if role:
        user.groups.add(Group.objects.get(name=role))
    return SignIn(role or name, name, username, password)

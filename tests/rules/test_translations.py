"""Every text of the interface stands in Chinese: nothing missing, nothing doubtful."""

import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.rules.tree import ROOT, repository

CHINESE = Path("locale/zh_Hans/LC_MESSAGES")
SOURCES = {".py", ".html", ".txt", ".js"}
OUTSIDE = {"tests", "bench", "deploy"}
DOMAINS = ("django", "djangojs")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def messages(text):
    """The entries of a .po file, its header left out."""
    return [message for message in read_po(BytesIO(text)) if message.id]


def key(message):
    singular = message.id[0] if isinstance(message.id, tuple) else message.id
    return (message.context, singular)


def shortfalls(text):
    """The texts that are untranslated, doubtful, or lose a placeholder."""
    found = []
    for message in messages(text):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy:
            found.append(f"fuzzy: {key(message)[1]}")
        if not all(strings):
            found.append(f"untranslated: {key(message)[1]}")
        elif placeholders(message.id) != placeholders(message.string):
            found.append(f"other placeholders: {key(message)[1]}")
    return found


def placeholders(text):
    """What is filled in; of a text with plurals, the plural counts."""
    return set(PLACEHOLDER.findall(text[-1] if isinstance(text, tuple) else text))


def extract(root, files, domain):
    """The texts that a tree of sources holds, as makemessages finds them."""
    (root / "locale").mkdir(exist_ok=True)
    for path in files:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "zh_Hans"]
    command += ["--domain", domain, "--no-obsolete", "--verbosity", "0"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    done = subprocess.run(command, cwd=root, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = root / CHINESE / f"{domain}.po"
    return messages(made.read_bytes()) if made.exists() else []


def sources(domain):
    return [
        path
        for path in repository()
        if path.suffix in SOURCES
        and path.parts[0] not in OUTSIDE
        and (path.suffix == ".js") == (domain == "djangojs")
    ]


def untold(texts, catalogue):
    """The texts of the sources that the catalogue does not know."""
    known = {key(message) for message in messages(catalogue)}
    return sorted({message for message in map(key, texts) if message not in known}, key=str)


def catalogue(domain):
    path = ROOT / CHINESE / f"{domain}.po"
    return path.read_bytes() if path.exists() else b""


@pytest.fixture
def xgettext():
    if not shutil.which("xgettext"):
        pytest.skip("texts of the sources: xgettext is missing (apt-get install gettext)")


def test_chinese_is_complete():
    assert messages(catalogue("django")) != []
    assert {domain: shortfalls(catalogue(domain)) for domain in DOMAINS} == {
        "django": [],
        "djangojs": [],
    }


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_of_the_sources_is_in_the_catalogue(xgettext, tmp_path, domain):
    texts = extract(tmp_path, sources(domain), domain)
    assert untold(texts, catalogue(domain)) == []


@pytest.mark.parametrize(
    ("entry", "shortfall"),
    [
        ('msgid "Sign in"\nmsgstr ""', "untranslated: Sign in"),
        ('#, fuzzy\nmsgid "Sign in"\nmsgstr "登录"', "fuzzy: Sign in"),
        ('msgid "Sign in"\nmsgstr "登录"\n\nmsgid "Out"\nmsgstr ""', "untranslated: Out"),
        (
            '#, python-format\nmsgid "%(n)s lessons"\nmsgstr "课时"',
            "other placeholders: %(n)s lessons",
        ),
    ],
)
def test_shortfall_is_seen(entry, shortfall):
    assert shortfalls(entry.encode()) == [shortfall]


def test_complete_entry_is_fine():
    assert shortfalls('#, python-format\nmsgid "%(n)s new"\nmsgstr "%(n)s 个新"'.encode()) == []


def test_text_without_an_entry_is_seen(xgettext, tmp_path):
    (tmp_path / "views.py").write_text('_("Known")\n_("Unknown")\npgettext("menu", "Known")\n')
    known = b'msgid "Known"\nmsgstr "x"\n'
    assert untold(extract(tmp_path, [], "django"), known) == [
        ("menu", "Known"),
        (None, "Unknown"),
    ]

"""No file is a room too full: at most 400 lines."""

from tests.rules.tree import ROOT, named

LIMIT = 400


def too_long(paths):
    lengths = {path: len(path.read_text().splitlines()) for path in paths}
    return [f"{path}: {length} lines" for path, length in lengths.items() if length > LIMIT]


def test_files_have_at_most_400_lines():
    ours = [path for path in named(".py", ".js", ".css", ".html") if not is_exempt(path)]
    assert too_long(ROOT / path for path in ours) == []


def is_exempt(path):
    """Migrations are written by Django; what is vendored is somebody else's."""
    return "migrations" in path.parts or "vendor" in path.parts


def test_long_file_is_seen(tmp_path):
    (tmp_path / "long.py").write_text("x = 1\n" * (LIMIT + 1))
    (tmp_path / "full.py").write_text("x = 1\n" * LIMIT)
    assert too_long(sorted(tmp_path.iterdir())) == [f"{tmp_path / 'long.py'}: 401 lines"]

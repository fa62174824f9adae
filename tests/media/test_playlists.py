import pytest

from media import playlists

BEFORE = (
    "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n"
    '#EXT-X-MAP:URI="240.m4s",BYTERANGE="10@0"\n'
)


def listed(*segments):
    """As ffmpeg writes it: seconds and bytes of each, one after the other."""
    lines, at = [BEFORE], 10
    for seconds, length in segments:
        lines.append(f"#EXTINF:{seconds:.6f},\n#EXT-X-BYTERANGE:{length}@{at}\n240.m4s\n")
        at += length
    return "".join([*lines, "#EXT-X-ENDLIST\n"])


def told(playlist):
    found = playlists.SEGMENT.findall(playlist)
    return [(float(seconds), int(first), int(length)) for seconds, length, first, _name in found]


def test_film_of_ten_seconds_stays_as_it_was_cut():
    playlist = listed(*[(2, 100)] * 5)
    whole = BEFORE.replace('"240.m4s",BYTERANGE="10@0"', '"240-head.mp4"')
    shaped = playlists.shaped(playlist, "240-head.mp4")
    assert shaped == whole + playlist.removeprefix(BEFORE)


def test_later_cuts_are_put_together():
    playlist = listed(*[(2, 100)] * 9, (1.5, 70))
    shaped = playlists.shaped(playlist, "240-head.mp4")
    short = [(2.0, 10 + 100 * number, 100) for number in range(5)]
    assert told(shaped) == [*short, (6.0, 510, 300), (3.5, 810, 170)]
    assert "#EXT-X-TARGETDURATION:6\n" in shaped
    assert shaped.endswith("240.m4s\n#EXT-X-ENDLIST\n")


def test_hour_costs_little():
    assert len(playlists.shaped(listed(*[(2, 45_000)] * 1800), "240-head.mp4")) < 36_000


def test_end():
    assert playlists.end(listed((2, 100), (1, 50))) == 160
    assert playlists.end("#EXTM3U\n") == 0


def test_head():
    assert playlists.head(listed((2, 100))) == ("240.m4s", 10)


@pytest.mark.parametrize(
    ("playlist", "words"),
    [
        ("#EXTM3U\n", "no segments"),
        (listed(*[(2, 100)] * 8).replace("@710", "@711"), "a gap before byte 711"),
    ],
)
def test_playlist_of_another_kind(playlist, words):
    with pytest.raises(playlists.Unexpected, match=words):
        playlists.shaped(playlist, "240-head.mp4")


def test_playlist_without_a_head():
    with pytest.raises(playlists.Unexpected, match="no header"):
        playlists.head("#EXTM3U\n")

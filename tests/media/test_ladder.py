import pytest

from media import ladder


@pytest.mark.parametrize(
    ("size", "names"),
    [
        ((1920, 1080), ["240", "360", "720"]),
        ((1280, 720), ["240", "360", "720"]),
        ((720, 1280), ["240", "360", "720"]),
        ((1278, 719), ["240", "360"]),
        ((640, 360), ["240", "360"]),
        ((320, 180), ["240"]),
        ((None, None), []),
    ],
)
def test_rungs_never_exceed_the_source(size, names):
    assert [rung.name for rung in ladder.rungs(*size)] == names


def test_lowest_rung_fits_a_mountain_village():
    lowest = ladder.RUNGS[0]
    assert lowest.bits + ladder.SOUND_BITS < 200_000 < lowest.bandwidth < 220_000


@pytest.mark.parametrize(
    ("size", "name"), [((1920, 1080), "360"), ((320, 180), "240"), ((None, None), None)]
)
def test_one_file_is_360p_or_less(size, name):
    found = ladder.fallback(ladder.rungs(*size))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("size", "side", "shown"),
    [
        ((1920, 1080), 240, (426, 240)),
        ((1080, 1920), 240, (240, 426)),
        ((321, 181), 240, (320, 180)),
        ((1000, 1000), 360, (360, 360)),
    ],
)
def test_shape_is_even_and_in_proportion(size, side, shown):
    assert ladder.shape(*size, side) == shown


@pytest.mark.parametrize(
    ("kind", "extension", "side", "size", "plain"),
    [
        ("video", "mp4", 360, 300_000 // 8 * 60, True),
        ("video", "mp4", 360, 300_000 // 8 * 60 + 60, False),
        ("video", "mp4", 720, 1000, False),
        ("video", "webm", 360, 1000, False),
        ("audio", "m4a", 0, 96_000 // 8 * 60, True),
        ("audio", "mp3", 0, 96_000 // 8 * 60 + 60, False),
        ("audio", "wav", 0, 1000, False),
    ],
)
def test_small_files_play_as_they_are(kind, extension, side, size, plain):
    assert ladder.plays_as_it_is(kind, extension, side, size, 60) is plain


def test_playlist_offers_the_lowest_first():
    made = ladder.rungs(640, 360)
    assert ladder.master(made, 640, 360, sound=False).splitlines()[3:] == [
        "#EXT-X-STREAM-INF:BANDWIDTH=218000,AVERAGE-BANDWIDTH=188000,"
        'RESOLUTION=426x240,CODECS="avc1.4d4015"',
        "240.m3u8",
        "#EXT-X-STREAM-INF:BANDWIDTH=568000,AVERAGE-BANDWIDTH=448000,"
        'RESOLUTION=640x360,CODECS="avc1.4d401e"',
        "360.m3u8",
    ]
    assert 'CODECS="avc1.4d4015,mp4a.40.2"' in ladder.master(made, 640, 360, sound=True)


def test_recipe_changes_with_the_settings(monkeypatch):
    before = ladder.recipe()
    monkeypatch.setattr(ladder, "SEGMENT_SECONDS", 4)
    assert (len(before), ladder.recipe() == before) == (12, False)

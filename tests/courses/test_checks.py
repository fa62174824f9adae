"""What blocks handing a course in, and what is advice."""

import pytest

from courses.checks import Course, Finding, Lesson, check, sentence_length

VIDEO = {"format": "video", "has_recording": True, "captions": 1, "seconds": 90, "minutes": 2}


def course(*lessons, **fields):
    good = {"summary": "一起做", "age_stages": 1, "topics": 1, "has_cover": True}
    return Course(id=1, lessons=lessons, **{**good, **fields})


def video(**fields):
    return Lesson(id=2, **{**VIDEO, **fields})


def article(**fields):
    return Lesson(id=3, **{"format": "article", "text": "先洗手。", **fields})


def told(*pages, **fields):
    return [(found.code, found.page, found.blocks) for found in check(course(*pages, **fields))]


def test_course_with_everything_has_no_finding():
    assert told(video(), article(), video(conversion="ready", links=(("http://a", "fine"),))) == []


@pytest.mark.parametrize(
    ("fields", "finding"),
    [
        ({"age_stages": 0}, ("no_age_stage", 1, True)),
        ({"topics": 0}, ("no_topic", 1, False)),
        ({"summary": ""}, ("no_summary", 1, False)),
        ({"has_cover": False}, ("no_cover", 1, False)),
        ({"pictures_without_words": 2}, ("no_alt_text", 1, True)),
    ],
)
def test_course_is_looked_at(fields, finding):
    assert told(video(), **fields) == [finding]


def test_course_without_lessons_is_not_handed_in():
    assert told() == [("no_lessons", 1, True)]


@pytest.mark.parametrize(
    ("lesson", "finding"),
    [
        (video(has_recording=False, seconds=0), ("no_recording", 2, True)),
        (video(captions=0), ("no_captions", 2, True)),
        (video(conversion="failed"), ("conversion_failed", 2, True)),
        (video(conversion="going"), ("conversion_going", 2, False)),
        (video(seconds=1201, minutes=20), ("long_recording", 2, False)),
        (video(minutes=3), ("wrong_minutes", 2, False)),
        (video(questions=2, questions_unexplained=1), ("no_explanation", 2, False)),
        (video(pictures_without_words=1), ("no_alt_text", 2, True)),
        (video(links=(("http://a", "broken"),)), ("link_broken", 2, True)),
        (video(links=(("http://a", "refused"),)), ("link_refused", 2, True)),
        (video(links=(("http://a", "silent"),)), ("link_silent", 2, False)),
        (video(links=(("http://a", ""),)), ("link_untried", 2, False)),
        (article(text=" \n"), ("no_text", 3, True)),
        (article(text="字。" * 1501), ("long_text", 3, False)),
        (article(text="字" * 41), ("long_sentences", 3, False)),
    ],
)
def test_lesson_is_looked_at(lesson, finding):
    assert told(lesson) == [finding]


def test_what_blocks_comes_first_with_its_facts():
    found = check(course(article(text="字" * 41), video(pictures_without_words=3)))
    assert found == [
        Finding("no_alt_text", 2, "body", True, {"n": 3}),
        Finding("long_sentences", 3, "body", False, {"n": 41, "most": 40}),
    ]


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("。！", 0), ("一二三。四 五？\n六", 2), ("一二三四", 4)]
)
def test_sentence_length(text, length):
    assert sentence_length(text) == length

from search.words import split_words


def test_words_are_split_at_whatever_editors_put_between():
    assert split_words(" 手机，平板、电脑; 手机|电视 ") == ["手机", "平板", "电脑", "电视"]
    assert split_words("  ") == []

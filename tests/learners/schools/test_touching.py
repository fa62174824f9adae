from learners.schools import touching


def test_who_registered_hears_of_classes_in_order_and_once(monkeypatch):
    monkeypatch.setattr(touching, "_recounts", [])
    heard = []
    for _time in range(2):
        touching.register_recount(heard.append)
    touching.touch([3, None, 1, 3])
    touching.touch([None])
    touching.touch([])
    assert heard == [[1, 3]]


def test_who_registered_hears_of_children_that_became_one(monkeypatch):
    monkeypatch.setattr(touching, "_merges", [])
    heard = []

    def merge(from_child, into_child):
        heard.append((from_child, into_child))

    for _time in range(2):
        touching.register_merge(merge)
    touching.merged(7, 9)
    assert heard == [(7, 9)]

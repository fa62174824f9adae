"""The cluster fails while it is written to and asked: no error page, nothing lost. Runs under
`make test-services` with a node of its own, which is stopped and started again."""

import logging
import shutil
import signal
from pathlib import Path

import pytest

from search import door, indexing
from search.engines import choice, elastic
from search.engines.door import Unavailable
from search.models import Change, Incident
from search.query import Query
from search.tasks import carry_out
from tests.search.conftest import clear_cluster, use_cluster
from tests.services import elasticsearch
from tests.services.service import end, free_port


class Node:
    """An Elasticsearch that can be stopped and started on the same data."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        jars = elasticsearch.libraries(Path(shutil.which("mvn") or "mvn"))
        self.server = elasticsearch.lay_out(home, jars)
        self.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = elasticsearch.start(self.home, self.server, self.port)

    def stop(self):
        end(self.process, signal.SIGTERM)


@pytest.fixture
def node(tmp_path, settings, monkeypatch, worker_id):
    home = tmp_path / "node"
    home.mkdir()
    found = Node(home)
    use_cluster(settings, monkeypatch, found.address, worker_id)
    yield found
    found.stop()


def titles(text):
    return sorted(result.document.title for result in door.find(Query(text)).results)


def test_stopped_cluster_loses_nothing(node, shelf, noise, client, caplog):
    shelf("番茄一", "浇水")
    indexing.carry_out()
    assert (titles("番茄"), indexing.verify().total()) == (["番茄一"], 0)

    node.stop()
    shelf("番茄二", "浇水")
    with caplog.at_level(logging.ERROR, logger="search.engines.choice"):
        assert carry_out.call() == 0
        answer = client.get("/search/", {"q": "番茄"})
    assert (answer.status_code, titles("番茄")) == (200, ["番茄一", "番茄二"])
    assert (Change.objects.count(), Incident.objects.get().count) == (1, 1)
    said = [record.message for record in caplog.records if record.name.startswith("search")]
    assert [line for line in said if "番茄" in line] == []
    assert [line[:33] for line in said] == ["The search cluster did not answer"]

    node.start()
    choice.rest.end()
    assert carry_out.call() == 1
    assert (Change.objects.count(), indexing.verify().total()) == (0, 0)
    assert (titles("番茄"), Incident.objects.get().count) == (["番茄一", "番茄二"], 1)
    clear_cluster()


def test_slow_cluster_is_not_waited_for(node, shelf, monkeypatch):
    shelf("番茄一", "浇水")
    indexing.carry_out()
    with monkeypatch.context() as impatient:
        impatient.setattr(elastic, "SLOW_SECONDS", 0.000001)
        assert (titles("番茄"), Incident.objects.get().count) == (["番茄一"], 1)
    choice.rest.end()
    assert (titles("番茄"), Incident.objects.get().count) == (["番茄一"], 1)


def test_page_unpublished_while_the_cluster_is_down_is_found_nowhere(node, shelf):
    page = shelf("番茄一", "浇水")
    indexing.carry_out()
    node.stop()
    page.unpublish()
    assert carry_out.call() == 0
    node.start()
    choice.rest.end()
    found = door.find(Query("番茄"))
    assert (found.results, found.hits.counts.total) == ([], 0)
    assert (carry_out.call(), indexing.verify().total()) == (1, 0)


def test_rebuild_turns_the_alias_over(node, shelf, rebuilt):
    shelf("番茄一", "浇水")
    indexing.carry_out()
    (before,) = elastic.client().indices.get_alias(name=elastic.alias())
    rebuilt()
    (after,) = elastic.client().indices.get_alias(name=elastic.alias())
    assert (before != after, titles("番茄"), indexing.verify().total()) == (True, ["番茄一"], 0)


def test_rebuild_keeps_what_is_written_meanwhile(node, shelf, monkeypatch):
    """Published, changed and unpublished after the new index has taken its first documents."""
    first, gone = shelf("番茄一", "浇水"), shelf("番茄二", "浇水")
    indexing.carry_out()
    monkeypatch.setattr(indexing, "BATCH", 1)
    happened = []

    def say(done, total):
        if not happened:
            happened.append(shelf("番茄三", "浇水"))
            first.title = "番茄四"
            first.save_revision().publish()
            gone.unpublish()
            indexing.carry_out()

    indexing.refill(say)
    assert (titles("番茄"), indexing.verify().total()) == (["番茄三", "番茄四"], 0)
    assert len(elastic.client().indices.get(index=f"{elastic.alias()}-*")) == 1


def test_document_lost_in_the_cluster_is_told(node, shelf):
    page = shelf("番茄一", "浇水")
    indexing.carry_out()
    elastic.client().delete(index=elastic.alias(), id=str(page.pk), refresh=True)
    assert indexing.verify().in_cluster == [page.pk]


def test_index_from_before_a_field_gets_it_before_any_document_has_it(node, shelf, rebuilt):
    earlier = f"{elastic.alias()}-1"
    fields = {**elastic._mapping()["properties"]}
    del fields["said"]
    elastic.client(30).indices.create(index=earlier, mappings={"properties": fields})
    elastic._serve(earlier)
    shelf("番茄一", "浇水", parents_say="叶子发黄")
    indexing.carry_out()
    now = elastic.client(30).indices.get_mapping(index=earlier)[earlier]["mappings"]
    assert now["properties"] == elastic._mapping()["properties"]
    assert titles("叶子发黄") == ["番茄一"]
    found = indexing.verify()
    assert (found.index_for_other_fields, found.total()) == ([earlier], 1)
    rebuilt()
    assert (titles("叶子发黄"), indexing.verify().total()) == (["番茄一"], 0)


def test_field_that_the_index_does_not_know_is_refused(node, shelf):
    shelf("番茄一", "浇水")
    indexing.carry_out()
    (index,) = elastic._indexes()
    unknown = {"_op_type": "index", "_id": "7", "version": 7, "_source": {"guessed": "浇水"}}
    with pytest.raises(Unavailable, match="1 documents were refused"):
        elastic._bulk(index, [unknown])


def test_school_whose_alias_begins_as_ours_keeps_its_index(node, shelf, rebuilt):
    theirs = f"{elastic.alias()}-trial-1"
    elastic.client(30).indices.create(index=theirs)
    shelf("番茄一", "浇水")
    indexing.carry_out()
    rebuilt()
    assert elastic.client(30).count(index=theirs)["count"] == 0
    assert (titles("番茄"), indexing.verify().total()) == (["番茄一"], 0)


def test_page_that_comes_back_while_it_is_taken_away_stays(node, shelf, monkeypatch):
    """One worker is about to take it out when it is published and another one puts it in."""
    page = shelf("番茄一", "浇水")
    indexing.carry_out()
    page.unpublish()
    remove = elastic.remove

    def late(*asked):
        monkeypatch.setattr(elastic, "remove", remove)
        page.save_revision().publish()
        indexing.carry_out()
        remove(*asked)

    monkeypatch.setattr(elastic, "remove", late)
    indexing.carry_out()
    assert (titles("番茄"), indexing.verify().total()) == (["番茄一"], 0)

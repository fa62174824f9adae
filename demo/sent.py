"""Stories that families sent in, by the same verbs as in earnest: one public, one waiting."""

from typing import Any
from uuid import uuid4

from django.core.files import File

from demo import content
from demo.shelf import tags
from learners.accounts.models import User
from learners.accounts.protected import keyed_hash
from learners.stories import editing, photos, publishing, sending
from learners.stories.models import Story


def load(editor: User) -> None:
    """Nothing when a story is there already."""
    if Story.objects.exists():
        return
    for data in content.read("sent.yaml"):
        story = _send(data)
        if "publish" in data:
            _publish(story, editor, data)


def _send(data: dict[str, Any]) -> Story:
    author = User.objects.get(phone_hash=keyed_hash(data["author"]))
    words = {name: data[name].strip() for name in ("title", "pen_name", "text")}
    story = editing.write(author, uuid4(), **words)
    with (content.COVERS / f"{data['photo']}.webp").open("rb") as drawing:
        photos.describe(photos.add(story, File(drawing)), data["description"])
    sending.send(story)
    return Story.objects.get(pk=story.pk)


def _publish(story: Story, editor: User, data: dict[str, Any]) -> None:
    wish = data["publish"]
    terms = {name: list(found) for name, found in tags(wish).items()}
    chosen = publishing.Chosen(
        title=data["title"],
        summary=wish["summary"],
        descriptions={str(photo.pk): photo.description for photo in story.photos.all()},
        **terms,
    )
    publishing.publish(story, editor, chosen)
    # The family has seen the good news; its page is calm.
    Story.objects.filter(pk=story.pk).update(seen=True)

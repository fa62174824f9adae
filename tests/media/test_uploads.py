"""Large files over HTTP in pieces, as a tus client sends them."""

import base64
import fcntl
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone

from learners.accounts.roles import EXPERTS, ensure_roles
from media import uploads
from media.models import Recording, Upload
from media.tasks import forget_unfinished_uploads
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def experts(home):
    from django.contrib.auth.models import Group

    ensure_roles()
    made = [person(name, is_staff=True, language="en") for name in ("林教授", "别的专家")]
    for user in made:
        user.groups.add(Group.objects.get(name=EXPERTS))
    return made


@pytest.fixture
def lin(client, experts):
    client.force_login(experts[0])
    return client


@pytest.fixture
def film(files):
    return (files / "video.mp4").read_bytes()


def begin(client, size, name="立规矩.mp4", **headers):
    facts = "filename " + base64.b64encode(name.encode()).decode()
    told = {**TUS, "Upload-Length": str(size), "Upload-Metadata": facts, **headers}
    return client.post(reverse("upload_recordings"), headers=told)


def send(client, address, offset, piece, content_type=PIECE, **headers):
    told = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(address, piece, content_type=content_type, headers=told)


def offset(client, address):
    answer = client.head(address, headers=TUS)
    return answer.status_code, answer.get("Upload-Offset"), answer.get("Upload-Length")


def finish(client, address, title="立规矩"):
    return client.post(f"{address}finish/", {"title": title})


def test_server_says_what_it_can(lin, settings):
    answer = lin.options(reverse("upload_recordings"))
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,termination"
    assert answer["Tus-Max-Size"] == str(settings.MEDIA_UPLOAD_MAX_BYTES)


def test_film_arrives_in_pieces_and_is_taken_in(lin, film, experts, settings):
    begun = begin(lin, len(film))
    assert begun.status_code == 201
    address = begun["Location"]
    assert offset(lin, address) == (200, "0", str(len(film)))
    half = len(film) // 2
    assert send(lin, address, 0, film[:half])["Upload-Offset"] == str(half)
    assert finish(lin, address).status_code == 409
    assert offset(lin, address) == (200, str(half), str(len(film)))
    assert send(lin, address, half, film[half:]).status_code == 204
    answer = finish(lin, address)
    recording = Recording.objects.get()
    assert answer.json() == {
        "id": recording.pk,
        "url": reverse("wagtailmedia:edit", args=[recording.pk]),
    }
    assert (recording.title, recording.size, recording.uploaded_by_user) == (
        "立规矩",
        len(film),
        experts[0],
    )
    assert recording.file.read() == film
    recording.file.close()
    assert list((settings.MEDIA_ROOT / "uploads").iterdir()) == []
    assert not Upload.objects.exists()


def test_piece_at_the_wrong_place_is_refused(lin, film):
    address = begin(lin, len(film))["Location"]
    send(lin, address, 0, film[:100])
    assert send(lin, address, 0, film[:100]).status_code == 409
    assert send(lin, address, 200, film[200:]).status_code == 409
    assert offset(lin, address)[1] == "100"


def test_more_than_was_said_is_not_stored(lin, film):
    address = begin(lin, 100)["Location"]
    assert send(lin, address, 0, film)["Upload-Offset"] == "100"


def test_lost_connection_keeps_what_arrived(lin, film):
    address = begin(lin, len(film))["Location"]
    upload = Upload.objects.get()
    pieces = iter([film[:50], film[50:80]])

    def breaks_off(size):
        try:
            return next(pieces)
        except StopIteration:
            raise ConnectionResetError from None

    with pytest.raises(ConnectionResetError):
        uploads.append(upload, 0, breaks_off)
    assert offset(lin, address)[1] == "80"
    assert send(lin, address, 80, film[80:])["Upload-Offset"] == str(len(film))


def test_full_disk_is_told(lin, film, monkeypatch):
    address = begin(lin, len(film))["Location"]

    def full(upload, at, read):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "append", full)
    answer = send(lin, address, 0, film)
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "not_stored")


def test_two_at_once_do_not_mix(lin, film):
    address = begin(lin, len(film))["Location"]
    with uploads.place_of(Upload.objects.get()).open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert send(lin, address, 0, film).status_code == 423
    assert send(lin, address, 0, film).status_code == 204


def test_something_else_is_refused_after_its_first_piece(lin):
    address = begin(lin, 10**9, name="film.mp4")["Location"]
    answer = send(lin, address, 0, b"PK\x03\x04" + bytes(100))
    assert answer.status_code == 415
    assert answer.json()["error"] == {
        "code": "no_recording",
        "message": "This is not a video or sound recording that can be used here. If it is one of "
        "another kind (AVI, WMV, FLV, MKV …), save it as MP4 first and choose that file.",
        "fields": {},
    }
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["truncated.mp4", "no-index.mp4", "scrambled.mp4"])
def test_damaged_film_is_refused_at_the_end(lin, files, settings, name):
    content = (files / name).read_bytes()
    address = begin(lin, len(content))["Location"]
    send(lin, address, 0, content)
    answer = finish(lin, address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unplayable")
    assert not Recording.objects.exists()
    assert list((settings.MEDIA_ROOT / "uploads").iterdir()) == []


def test_too_large_is_refused_before_it_is_sent(lin, settings):
    refused = begin(lin, settings.MEDIA_UPLOAD_MAX_BYTES + 1)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")


def test_empty_file_is_refused_before_it_is_sent(lin):
    refused = begin(lin, 0)
    assert (refused.status_code, refused.json()["error"]["message"]) == (
        415,
        "The file is empty.",
    )
    assert not Upload.objects.exists()


def test_full_disk_at_the_beginning_is_told_and_leaves_no_row(lin, monkeypatch):
    def full(upload):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "place_of", full)
    refused = begin(lin, 100)
    assert (refused.status_code, refused.json()["error"]["code"]) == (507, "not_stored")
    assert not Upload.objects.exists()


@pytest.mark.parametrize("away", ["scanner", "storage"])
def test_film_that_cannot_be_taken_in_now_is_kept_for_another_try(
    lin, film, settings, monkeypatch, away
):
    address = begin(lin, len(film))["Location"]
    send(lin, address, 0, film)
    if away == "scanner":
        settings.MEDIA_SCAN_COMMAND = "/no/such/scanner {}"
    else:
        save = FileSystemStorage.save
        monkeypatch.setattr(FileSystemStorage, "save", lambda *all: 1 / 0)
    answer = finish(lin, address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "not_now")
    assert offset(lin, address)[1] == str(len(film))
    settings.MEDIA_SCAN_COMMAND = ""
    if away == "storage":
        monkeypatch.setattr(FileSystemStorage, "save", save)
    assert finish(lin, address).status_code == 200
    assert (Recording.objects.count(), Upload.objects.count()) == (1, 0)


def test_film_that_the_scanner_refuses_is_gone(lin, film, settings):
    settings.MEDIA_SCAN_COMMAND = "false"
    address = begin(lin, len(film))["Location"]
    send(lin, address, 0, film)
    answer = finish(lin, address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unplayable")
    assert list((settings.MEDIA_ROOT / "uploads").iterdir()) == []


def test_film_is_taken_in_once_though_asked_twice_at_a_time(lin, film):
    address = begin(lin, len(film))["Location"]
    send(lin, address, 0, film)
    with uploads.opened(Upload.objects.get()):
        assert finish(lin, address).status_code == 423
    assert finish(lin, address).status_code == 200
    assert finish(lin, address).status_code == 404
    assert Recording.objects.count() == 1


def test_quota_counts_what_is_there_and_what_is_under_way(lin, film, settings):
    settings.MEDIA_QUOTA_BYTES = 2 * len(film) + 10
    address = begin(lin, len(film))["Location"]
    send(lin, address, 0, film)
    finish(lin, address)
    assert begin(lin, len(film)).status_code == 201
    refused = begin(lin, 11)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_much")
    settings.MEDIA_QUOTA_BYTES = 0
    assert begin(lin, 11).status_code == 201


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.0"}, 412),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Metadata": "filename ***"}, 400),
    ],
)
def test_wrong_beginnings(lin, headers, status):
    assert begin(lin, 100, **headers).status_code == status
    assert not Upload.objects.exists()


def test_wrong_pieces(lin, film):
    address = begin(lin, len(film))["Location"]
    assert send(lin, address, 0, film, content_type="video/mp4").status_code == 415
    assert send(lin, address, 0, film, **{"Upload-Offset": "x"}).status_code == 400
    assert send(lin, address, 0, film, **{"Tus-Resumable": "2"}).status_code == 412
    assert lin.post(f"{address}finish/", {"title": ""}).status_code == 400


def test_upload_is_cancelled(lin, film, settings):
    address = begin(lin, len(film))["Location"]
    assert lin.delete(address, headers=TUS).status_code == 204
    assert offset(lin, address)[0] == 404
    assert list((settings.MEDIA_ROOT / "uploads").iterdir()) == []


def test_upload_of_somebody_else_is_not_there(client, experts, film):
    client.force_login(experts[0])
    address = begin(client, len(film))["Location"]
    client.force_login(experts[1])
    assert offset(client, address)[0] == 404
    assert send(client, address, 0, film).status_code == 404
    assert client.delete(address, headers=TUS).status_code == 404
    assert finish(client, address).status_code == 404
    assert Upload.objects.count() == 1


def test_parent_cannot_upload(client, chen_jing, experts):
    client.force_login(chen_jing)
    assert begin(client, 100).status_code == 302
    assert not Upload.objects.exists()


def test_page_has_the_library_or_says_what_is_missing(lin, settings, tmp_path):
    settings.FRONTEND_DIR = settings.STATIC_ROOT = tmp_path
    page = lin.get(reverse("upload_recordings")).content.decode()
    assert ("make frontend" in page, "data-uploads" in page) == (True, False)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/tus.js").touch()
    page = lin.get(reverse("upload_recordings")).content.decode()
    assert ("make frontend" in page, "data-uploads" in page) == (False, True)


def test_forgotten_uploads_are_deleted(lin, film, settings):
    for _number in range(2):
        address = begin(lin, len(film))["Location"]
    Upload.objects.filter(pk=address.split("/")[-2]).update(
        touched_at=timezone.now() - uploads.KEPT - timedelta(minutes=1)
    )
    assert forget_unfinished_uploads.func() == 1
    kept = Upload.objects.get()
    assert [path.name for path in (settings.MEDIA_ROOT / "uploads").iterdir()] == [kept.pk.hex]
    kept.delete()
    assert uploads.forget_unfinished(timezone.now()) == 0
    assert uploads.forget_unfinished(timezone.now() + uploads.KEPT + timedelta(hours=1)) == 0
    assert list((settings.MEDIA_ROOT / "uploads").iterdir()) == []

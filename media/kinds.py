"""What kinds of files the library delivers, and under which type."""

from pathlib import PurePosixPath

FOLDERS = {
    *("recordings", "renditions", "posters", "captions"),
    *("pictures", "images", "avatar_images"),
}
"""Documents are not among them: Wagtail serves those by its own rules of who may see them."""
CONTENT_TYPES = {
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".m4a": "audio/mp4",
    ".weba": "audio/webm",
    ".mp3": "audio/mpeg",
    ".aac": "audio/aac",
    ".wav": "audio/wav",
    ".m4s": "video/mp4",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()

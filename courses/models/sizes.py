"""How a draft is looked at: as on a phone, as on a desktop."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PREVIEW_SIZES: list[dict[str, Any]] = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("As on a phone")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("As on a desktop")},
]

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import Page
from wagtail.models.panels import CommentPanelPlaceholder

# When a course comes and goes with its lessons is said at its desk.
SETTINGS_WITHOUT_DATES = [
    panel for panel in Page.settings_panels if isinstance(panel, CommentPanelPlaceholder)
]


class DeskPanel(Panel):
    """On top of the form: this page goes with its course, and here is the way to the desk."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/desk/beside_form.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            is_lesson = page.kind == "lesson"
            course = page.get_parent() if is_lesson and page.path else page
            return {**context, "course_id": course.pk, "is_lesson": is_lesson}

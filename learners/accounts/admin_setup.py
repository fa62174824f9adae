"""What of Wagtail's own is replaced when the apps are ready."""

from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.permissions import register_permission_policy

from learners.accounts.admin_forms import OwnNameForm
from learners.accounts.admin_policy import PeoplePolicy
from learners.accounts.models import User


def connect() -> None:
    register_permission_policy(User, PeoplePolicy(User))
    # Wagtail's own form asks for a first and a last name, and offers no way to replace it.
    NameEmailSettingsPanel.form_class = OwnNameForm

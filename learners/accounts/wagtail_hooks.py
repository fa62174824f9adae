from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from learners.accounts.admin_views import AssignRole, Delete, SetActiveState
from learners.accounts.reading import READ

# After Wagtail's own, which they replace: the last one of a name counts.
for action in (AssignRole, Delete, SetActiveState):
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_log_actions")
def say_what_was_read(actions: LogActionRegistry) -> None:
    actions.register_action(READ, _("Read personal data"), _("Personal data was read"))

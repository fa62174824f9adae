from wagtail import hooks

from learners.accounts.admin_views import AssignRole, Delete, SetActiveState

# After Wagtail's own, which they replace: the last one of a name counts.
for action in (AssignRole, Delete, SetActiveState):
    hooks.register("register_bulk_action", action, order=100)

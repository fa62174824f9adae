"""Wagtail's pages for managing users, and what an administrator may see and change there."""

from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    UserViewSet,
)

from learners.accounts import reading
from learners.accounts.admin_forms import PersonCreationForm, PersonEditForm
from learners.accounts.admin_policy import may_manage
from learners.accounts.models import PersonQuerySet, User


class PeopleIndexView(IndexView):
    def get_base_queryset(self) -> PersonQuerySet:
        people = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        return people.select_related("wagtail_userprofile")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Only a superuser's list has parents in it; that it was read is noted."""
        context = super().get_context_data(**kwargs)
        parents = [person for person in context["object_list"] if not person.has_usable_password()]
        if parents:
            reading.note(self.request.user, parents, self.request.resolver_match.view_name)
        return context

    def order_queryset(self, queryset: PersonQuerySet) -> PersonQuerySet:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)


class OnlyWhomOneManagesMixin:
    """Anybody else is not found: Wagtail asks for the right to change people, not which."""

    request: Any
    object: User

    def get_object(self, *args: Any, **kwargs: Any) -> User:
        person = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not may_manage(self.request.user, person):
            raise Http404
        return person

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reading.note(request.user, [self.object], request.resolver_match.view_name)
        return super().get(request, *args, **kwargs)  # type: ignore[misc]


class NoSelfMadeSuperusersMixin:
    """Only a superuser makes superusers; Wagtail lets everybody who may add people do it."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> forms.ModelForm:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser and "is_superuser" in form.fields:
            form.fields["is_superuser"].disabled = True
        return form


class PersonCreateView(NoSelfMadeSuperusersMixin, CreateView):
    pass


class PersonEditView(OnlyWhomOneManagesMixin, NoSelfMadeSuperusersMixin, EditView):
    pass


class PersonDeleteView(OnlyWhomOneManagesMixin, DeleteView):
    pass


class PersonHistoryView(OnlyWhomOneManagesMixin, HistoryView):
    pass


class PersonUsageView(OnlyWhomOneManagesMixin, UserViewSet.usage_view_class):
    pass


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    history_view_class = PersonHistoryView
    usage_view_class = PersonUsageView
    template_prefix = "account/admin/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm


class BulkOnlyWhomOneManagesMixin:
    request: Any

    def check_perm(self, person: User) -> bool:
        return super().check_perm(person) and may_manage(  # type: ignore[misc]
            self.request.user, person
        )


class AssignRole(BulkOnlyWhomOneManagesMixin, AssignRoleBulkAction):
    pass


class Delete(BulkOnlyWhomOneManagesMixin, DeleteBulkAction):
    pass


class SetActiveState(BulkOnlyWhomOneManagesMixin, SetActiveStateBulkAction):
    pass

"""The forms of Wagtail's user management: one name, a phone, and no first and last name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from learners.accounts.models import User
from learners.accounts.phone import parse_phone


class PersonFormMixin(forms.ModelForm):
    first_name = None
    last_name = None
    email = forms.EmailField(label=_("Email"), required=False)
    name = forms.CharField(label=_("Full name"), max_length=60)
    new_phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=40,
        help_text=_("Optional: with it, this person can also sign in with a code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.phone:
            # The number itself is nobody's to read, not even an administrator's.
            self.fields["new_phone"].help_text = _(
                "Kept: {phone}. Leave empty to keep it, or enter another number."
            ).format(phone=self.instance.masked_phone)

    def clean_new_phone(self) -> str:
        typed = self.cleaned_data["new_phone"]
        if not typed:
            return ""
        try:
            phone = parse_phone(typed)
        except ValueError:
            raise forms.ValidationError(
                _("This is not a mobile number. Please enter 11 digits, for example 138 0013 8000.")
            ) from None
        if User.objects.with_phone(phone).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this number."))
        return phone

    def save(self, commit: bool = True) -> User:
        if self.cleaned_data["new_phone"]:
            self.instance.set_phone(self.cleaned_data["new_phone"], verified=False)
        return super().save(commit)


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ["username", "name", "email", "is_superuser", "groups"]


class PersonEditForm(PersonFormMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = ["username", "name", "email", "is_active", "is_superuser", "groups"]


class OwnNameForm(forms.ModelForm):
    """On the admin's own account page."""

    class Meta:
        model = User
        fields = ["name", "email"]

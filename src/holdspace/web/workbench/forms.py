"""Forms of the workbench."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from holdspace.conversation import Conversation, Role

ROLE_CHOICES = (
    (Role.CLIENT.value, _("Client")),
    (Role.THERAPIST.value, _("Therapist")),
    (Role.OTHER.value, _("Somebody else")),
)


class ClientForm(forms.Form):
    """A new client."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As you call them. It is stored encrypted.")
    )
    about = forms.CharField(
        label=_("About (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you would tell a colleague in two sentences."),
    )


class _DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SessionForm(forms.Form):
    """The day and the title of a session."""

    held_on = forms.DateField(label=_("Day of the session"), widget=_DayInput, initial=timezone.localdate)
    title = forms.CharField(label=_("Title (optional)"), max_length=160, required=False)


class UploadForm(SessionForm):
    """What comes with an upload; the files themselves are read from request.FILES."""

    text = forms.CharField(
        label=_("Or paste the transcript"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )


class RolesForm(forms.Form):
    """Who is who: one field a speaker, in the order of the conversation."""

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversation = conversation
        for number, speaker in enumerate(conversation.speakers):
            self.fields[f"speaker-{number}"] = forms.ChoiceField(
                label=speaker.name or _("Somebody without a name"),
                choices=ROLE_CHOICES,
                initial=speaker.role.value if speaker.role is not Role.COMPANION else Role.OTHER.value,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and Role.CLIENT.value not in [cleaned[name] for name in self.fields]:
            raise forms.ValidationError(
                _("Nobody is the client yet. Holdspace reads the client's words: say whose they are.")
            )
        return cleaned

    def roles(self) -> dict[str, Role]:
        """Return the role of each speaker, by speaker id."""
        return {
            speaker.id: Role(self.cleaned_data[f"speaker-{number}"])
            for number, speaker in enumerate(self.conversation.speakers)
        }

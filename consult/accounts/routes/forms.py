"""The forms of this room."""

from __future__ import annotations

from consult.accounts.models import ROLES
from consult.accounts.passwords import SHORTEST
from consult.web.forms import Checkboxes, Form, LongText, Password, Select, Text

ALL_GROUPS = "all"


class PlainForm(Form):
    """Nothing but a button."""


class SignInForm(Form):
    """Who, and the proof."""

    email = Text("Email address", kind="email", autocomplete="username", missing="Enter your email address")
    password = Password("Password", missing="Enter your password")


class CodeForm(Form):
    """A code of the second factor."""

    code = Text(
        "Code",
        hint="Six digits from your app, or one of the codes you wrote down.",
        autocomplete="one-time-code",
        longest=40,
        width=10,
        missing="Enter the code",
    )


class OwnForm(Form):
    """One’s own password, before something that matters."""

    password = Password("Your password", missing="Enter your password")


class EmailForm(Form):
    """Where to write to."""

    email = Text(
        "Email address", kind="email", autocomplete="username", longest=254, missing="Enter your email address"
    )


class ChooseForm(Form):
    """A first or new password, by a link."""

    password = Password(
        "Your password",
        autocomplete="new-password",
        hint=f"{SHORTEST} characters or more, such as three words that do not belong together.",
        missing="Enter a password",
    )


class InvitedForm(ChooseForm):
    """And a name, for somebody new."""

    name = Text("Your name", hint="As colleagues see it.", longest=120, autocomplete="name", missing="Enter your name")


class SignInNameForm(Form):
    """What somebody calls a browser."""

    name = Text("What you call this browser", hint="For example: the laptop at work", longest=60, optional=True)


class NeedForm(Form):
    """Which roles need a second factor."""

    roles = Checkboxes(
        "Which roles need a second factor?",
        hint="Whoever has one of them is asked to set it up when they next sign in.",
        choices=[(role, role.capitalize()) for role in ROLES],
        optional=True,
        marked=False,
    )


class HandOverForm(Form):
    """Who goes on."""

    successor = Select("Who goes on with it?", missing="Choose somebody")


class PasswordForm(Form):
    """The old one and a new one; pasting is welcome, so it is asked for once."""

    old = Password("Your password now", missing="Enter the password you have now")
    new = Password(
        "Your new password",
        autocomplete="new-password",
        hint=f"{SHORTEST} characters or more, such as three words that do not belong together.",
        missing="Enter a new password",
    )


class RoleForm(Form):
    """A role, and where it holds."""

    role = Select("Role", choices=[(role, role.capitalize()) for role in ROLES], missing="Choose a role")
    group = Select("Where", hint="An administrator looks after the whole site.", missing="Choose where the role holds")
    languages = Checkboxes("Languages of a translator", hint="None chosen: all of them.", optional=True)


class AccountForm(RoleForm):
    """Somebody new."""

    email = Text("Email address", kind="email", longest=254, missing="Enter an email address")
    name = Text("Name", longest=120, missing="Enter a name")


class NameForm(Form):
    """What colleagues call somebody."""

    name = Text("Name", longest=120, missing="Enter a name")


class OrganisationForm(Form):
    """What everybody reads about the organisation, in one language; lists have a line for each entry."""

    name = Text("Name of the organisation", longest=120, optional=True)
    group_kind = Text("What the public calls a transformation group", longest=120, optional=True)
    privacy_contact = LongText(
        "Who answers for personal data, and how to reach them", longest=1_000, rows=3, optional=True
    )
    emergency_numbers = LongText(
        "If life or health is in danger",
        hint="One line for each number, with what it is for.",
        longest=2_000,
        optional=True,
    )
    support_lines = LongText("Support lines", hint="One line for each, with the number.", longest=2_000, optional=True)
    safeguarding_lines = LongText(
        "If somebody worries about a child or an adult",
        hint="One line for each: your councils’ adult social care and children’s services, with their numbers.",
        longest=2_000,
        optional=True,
    )
    complaint_lines = LongText(
        "Where to complain",
        hint="One line for each: the practice, the integrated care board, PALS, the Ombudsman.",
        longest=2_000,
        optional=True,
    )
    footer_links = LongText("Links at the foot of each page", longest=2_000, rows=4, optional=True)


class FactsForm(OrganisationForm):
    """The same in the site's own language, with what has no language."""

    name = Text("Name of the organisation", longest=120, missing="Enter the name of the organisation")
    group_kind = Text(
        "What the public calls a transformation group", longest=120, missing="Enter what the public calls a group"
    )
    emergency_numbers = LongText(
        "If life or health is in danger",
        hint="One line for each number, with what it is for.",
        longest=2_000,
        missing="Enter at least one number for emergencies",
    )
    logo_text = Text("Letters that stand for a logo", hint="A few letters.", longest=20, width=5, optional=True)
    contact_email = Text("Email address for the public", kind="email", longest=254, optional=True)
    contact_telephone = Text("Telephone number for the public", longest=40, optional=True)
    contact_address = LongText("Postal address for the public", longest=500, rows=4, optional=True)

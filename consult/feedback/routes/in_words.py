"""Answers, reasons and evidence in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consult.domain.feedback import Feedback
from consult.web.locale import say_number

#: How each answer is headed.
ANSWERS = {
    "changed": _l("We changed our plan"),
    "already": _l("This is already in our plan"),
    "will_do": _l("We will do this"),
    "not_decided": _l("This is not decided yet"),
    "cannot": _l("We cannot do this"),
    "other_body": _l("This is for someone else"),
}
#: Why something cannot be done (DOMAIN A7.3).
REASONS = {
    "scope": _l("Because it is outside what this work can change."),
    "law": _l("Because a law or a contract does not allow it."),
    "cost": _l("Because of what it would cost."),
    "safety": _l("Because of safety or clinical evidence."),
    "happening": _l("Because it is happening already."),
    "unsupported": _l("Because what other people told us did not support it."),
    "other_body": _l("Because another organisation decides it."),
}
#: What the person in an answer does.
WHO = {"will_do": _l("Who will do it:"), "not_decided": _l("Who decides:"), "other_body": _l("Who it is for:")}
#: What happens on its day.
DAY = {"will_do": _l("By when:"), "not_decided": _l("When it is decided:"), "other_body": _l("When we sent it:")}
#: Where something was heard; questions and comments come with the question's words.
EVIDENCE = {
    "question": _l("Answers to the question:"),
    "comments": _l("Comments people wrote:"),
    "event": _l("What people said at an event:"),
    "feedback": _l("What people had told us before:"),
}
#: What has changed since the publication before.
CHANGES = {"added": _l("Added:"), "changed": _l("Changed:"), "removed": _l("Removed:")}


def in_short(feedback: Feedback) -> Iterator[str]:
    """“412 people took part. We changed 2 things. …”: a number of people only where one is published."""
    if feedback.people is None:
        yield _("People took part.")
    else:
        yield ngettext(
            "%(number)s person took part.",
            "%(number)s people took part.",
            feedback.people,
            number=say_number(feedback.people),
        )
    for answer, say in COUNTED.items():
        count = feedback.count(answer)
        if count:
            yield say(count, say_number(count))


#: How many points were answered in each way, as a sentence.
COUNTED: dict[str, Callable[[int, str], str]] = {
    "changed": lambda count, said: ngettext(
        "We changed %(number)s thing.", "We changed %(number)s things.", count, number=said
    ),
    "already": lambda count, said: ngettext(
        "%(number)s thing was already in our plan.", "%(number)s things were already in our plan.", count, number=said
    ),
    "will_do": lambda count, said: ngettext(
        "We will do %(number)s thing.", "We will do %(number)s things.", count, number=said
    ),
    "not_decided": lambda count, said: ngettext(
        "%(number)s thing is not decided yet.", "%(number)s things are not decided yet.", count, number=said
    ),
    "cannot": lambda count, said: ngettext(
        "We cannot do %(number)s thing, and say why.",
        "We cannot do %(number)s things, and say why.",
        count,
        number=said,
    ),
    "other_body": lambda count, said: ngettext(
        "We passed %(number)s thing on to someone else.",
        "We passed %(number)s things on to someone else.",
        count,
        number=said,
    ),
}

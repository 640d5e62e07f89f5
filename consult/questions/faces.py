"""Faces beside the steps of a scale, from sad to happy: drawn by us, and never without words beside them."""

from __future__ import annotations

from markupsafe import Markup

from consult.questions.base import N_

#: How many steps can still be told apart by a face.
MOST_FACES = 7
#: What the steps of a scale of faces are called where nobody says: from worst to best.
CALLED = {
    2: (N_("Bad"), N_("Good")),
    3: (N_("Bad"), N_("Neither good nor bad"), N_("Good")),
    4: (N_("Very bad"), N_("Bad"), N_("Good"), N_("Very good")),
    5: (N_("Very bad"), N_("Bad"), N_("Neither good nor bad"), N_("Good"), N_("Very good")),
}
#: How far the mouth goes up or down, and where its ends are.
CURVE, MOUTH = 12, 32


def face(at: int, steps: int) -> Markup:
    """The face of one step, counted from 0 at the saddest; the words beside it say the same."""
    happy = 2 * at / (steps - 1) - 1 if steps > 1 else 0.0
    ends, middle = MOUTH - round(3 * happy), MOUTH + round(CURVE * happy)
    return Markup(
        '<svg class="app-face" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">'
        '<circle cx="24" cy="24" r="22"/><circle class="app-face__eye" cx="16" cy="19" r="3"/>'
        '<circle class="app-face__eye" cx="32" cy="19" r="3"/><path d="M14 {ends}Q24 {middle} 34 {ends}"/></svg>'
    ).format(ends=ends, middle=middle)

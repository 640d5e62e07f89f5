"""What is known of HTML: which tags there are, which begin a paragraph, and what is left out of them."""

from __future__ import annotations

import re

_ELEMENTS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button
canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol
optgroup option output p param picture pre progress q rp rt ruby s samp script search section select slot small
source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
track tt u ul var video wbr xml
"""
_BLOCKS = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search section
select summary table tbody textarea tfoot thead tr ul
"""
#: The elements of HTML; `<5 years>` or `<name@example.org>` are none, and stay text.
ELEMENTS = frozenset(_ELEMENTS.split())
#: Those that begin and end a paragraph.
BLOCKS = frozenset(_BLOCKS.split())
TAG = re.compile(
    r"</?([A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9:-]*)?)(?=[\s/>])"  # a name, then attributes, quoted or not
    r"""(?:"[^"]*"|'[^']*'|[^'"<>])*>"""
    r"|<!--.*?-->|<!\[(?:if|else|endif)[^>]*>|<!doctype[^>]*>|<\?xml[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
STRONG = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "summary", "th"})
EMPHASIS = frozenset({"i", "em", "cite", "dfn", "var"})
#: What is left out with everything inside it.
GONE = {
    "script": "a script",
    "style": "a style",
    "template": "a template",
    "svg": "a drawing",
    "canvas": "a drawing",
    "head": "",
    "title": "the title of its page",
    "map": "",
}
#: What is left out, but not the text inside it.
STRIPPED = {
    "iframe": "a page from another site",
    "frame": "a page from another site",
    "embed": "a page from another site",
    "object": "a page from another site",
    "applet": "a script",
    "audio": "a sound recording",
    "video": "a film",
    "input": "a form field",
    "select": "a form field",
    "textarea": "a form field",
    "button": "a form field",
    "font": "a style",
    "center": "a style",
    "big": "a style",
    "small": "a style",
    "basefont": "a style",
    "marquee": "a style",
    "blink": "a style",
    "link": "a style",
    "u": "underlining",
    "ins": "underlining",
    "s": "a line through words",
    "strike": "a line through words",
    "del": "a line through words",
    "mark": "a style",
    "math": "the layout of a formula",
    "meta": "a command to the browser",
    "base": "a command to the browser",
}
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)

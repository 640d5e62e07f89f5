"""Our small markup: what it says, what it cannot do, and that no text is lost on the way in."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from consult.domain import markup
from consult.domain.markup import Block, Pipe, Run

PIECES = [
    "**", "*", "***", "_", "__", "[", "]", "(", ")", "[[", "]]", "|", "\\", "\\\\", "- ", "1. ", "12. ", "\n", "\n\n",
    " ", "  ", "\t", "a", "b", "word", "é", "كلمة", "\u00a0", "\u200f", "<", ">", "&", "&amp;", '"', "'", "<b>", "</b>",
    "<script>alert(1)</script>", "[x](https://example.org/a_b)", "[x](javascript:alert(1))", "](https://a.b)",
    "{{ 7*7 }}",
    "https://example.org", "[[q1|that]]", "\ue000x\ue001", "😀", "<!--", "-->", "<p>", "</p>", "<i>", "</i>", "\ud800",
    "<a href='https://x.org/_(y)'>", "</a>", "<li>", "<ul>", "</ul>", "<td>", "<tr>", "<table>", "<br>", "\x00",
]  # fmt: skip
hostile = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))


def spaced(text: str) -> str:
    """The words with their white space alike, as HTML has it."""
    return " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000\ue001\ufdd0-\ufdef]", "", text).split())


def whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("**Very** much", "<strong>Very</strong> much"),
        ("_so_", "<em>so</em>"),
        ("**a _b_**", "<strong>a <em>b</em></strong>"),
        ("a**b**c", "a<strong>b</strong>c"),
        ("كلمة **مهمة:**جدا", "كلمة <strong>مهمة:</strong>جدا"),
        ("[Read](https://nhs.uk)", '<a href="https://nhs.uk" rel="noopener noreferrer">Read</a>'),
        ("[Write](mailto:a@b.uk)", '<a href="mailto:a@b.uk">Write</a>'),
        ("[Ring](tel:+441305)", '<a href="tel:+441305">Ring</a>'),
        (
            "[a **b**](https://x.org/c_(d))",
            '<a href="https://x.org/c_(d)" rel="noopener noreferrer">a <strong>b</strong></a>',
        ),
        (r"\**not\** \_this\_ \[or](https://this)", "**not** _this_ [or](https://this)"),
    ],
)
def test_marks_are_drawn(written, drawn):
    assert markup.inline(written) == drawn


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 ** 2 = 45",
        "*one asterisk*",
        "snake_case_name and file_name",
        "Name: ____ and __this__",
        "f*** and ***",
        "[1] [sic] [words](not an address)",
        "[x](javascript:alert(1)) [x](data:text/html,x) [x](//other.site) [x](ftp://x)",
        "[](https://empty)",
        '[x](https://x "title")',
        "unclosed **strong and _emphasis and [link",
        "# not a heading\n> nor a quote\n`nor code` ~~nor this~~ ![nor](this)",
        "<b>bold</b> &amp; <script>alert(1)</script>",
        r"C:\new\server \\share",
        "In\n2024. Then",
        "-5 degrees, 1.5 times",
        "+ plus\n* star\n1) bracket",
    ],
)
def test_what_forms_no_mark_is_literal(text):
    assert not markup.has_markup(text)
    assert markup.plain(text) == text
    assert html.unescape(markup.inline(text)) == text.replace("\n", " ")


def test_paragraphs_lists_and_line_ends_are_drawn():
    text = "First **line**\nand second.\n\nWe ask about:\n- one\n- two\n  more\n\n1. A\n2. B\n5. E\n\nLast."
    assert markup.block(text) == "\n".join(
        (
            "<p>First <strong>line</strong><br>and second.</p>",
            "<p>We ask about:</p>",
            '<ul class="nhsuk-list nhsuk-list--bullet"><li>one</li><li>two<br>more</li></ul>',
            '<ol class="nhsuk-list nhsuk-list--number"><li>A</li><li>B</li><li value="5">E</li></ol>',
            "<p>Last.</p>",
        )
    )
    assert markup.plain(text).splitlines() == (
        ["First line", "and second.", "We ask about:", "- one", "- two", "more", "1. A", "2. B", "5. E", "Last."]
    )


def test_a_label_says_the_words_of_a_link_without_leading_away():
    assert markup.inline("See [the **plan**](https://x.org)", links=False) == "See the <strong>plan</strong>"
    assert markup.plain("See [the **plan**](https://x.org)") == "See the plan"


def test_documents_read_blocks_and_runs():
    assert [one.kind for one in markup.blocks("a\n\n- b")] == ["paragraph", "bullets"]
    (only,) = markup.blocks("a **b [c](tel:1)** [[q.r|d]]")
    assert isinstance(only, Block)
    assert only.items[0].runs == [
        Run("a "),
        Run("b ", strong=True),
        Run("c", strong=True, address="tel:1"),
        Run(" "),
        Run("d", pipe=Pipe("q", "r", "d")),
    ]


def test_an_earlier_answer_stands_where_it_is_named():
    text = "You said **[[q1|that]]**: why? \\[[q2|x]]"
    assert markup.pipes(text) == [Pipe("q1", "", "that")]
    assert markup.plain(text) == "You said that: why? [[q2|x]]"
    assert markup.inline(text, piped=lambda pipe: f"<bdi>{pipe.key}</bdi>") == (
        "You said <strong><bdi>q1</bdi></strong>: why? [[q2|x]]"
    )
    assert markup.plain(text, piped=lambda pipe: "Yes") == "You said Yes: why? [[q2|x]]"
    assert markup.inline("[[q1|<script>]]") == "&lt;script&gt;"


ALLOWED = {
    "body": set(), "p": set(), "br": set(), "strong": set(), "em": set(), "a": {"href", "rel"}, "ul": {"class"},
    "ol": {"class"}, "li": {"value"},
}  # fmt: skip


def harmless(drawn: str) -> etree._Element:
    """The drawing as a tree, well formed, that says things and leads where we allow, or a failure."""
    tree = etree.fromstring(f"<body>{drawn.replace('<br>', '<br/>')}</body>")
    for element in tree.iter():
        assert set(element.attrib) <= ALLOWED[element.tag]
        if element.tag == "a":
            assert re.match(r"https?://|mailto:|tel:", element.get("href"), re.I)
            assert element.get("rel") == "noopener noreferrer" or not element.get("href").lower().startswith("http")
            assert not element.xpath("ancestor::a")
    return tree


@settings(max_examples=400, deadline=None)
@given(hostile)
@example("\x00- ]")
def test_whatever_is_written_is_drawn_well_formed_and_harmless(text):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    for drawn in (markup.inline(text), markup.inline(text, links=False), markup.block(text)):
        tree = harmless(drawn)
        assert "\ue000" not in drawn
        if not markup.has_markup(text) and "<p>" not in drawn:
            assert spaced("".join(tree.itertext())) == spaced(whole(text))


@settings(max_examples=400, deadline=None)
@given(hostile)
def test_what_is_drawn_says_what_the_plain_words_say(text):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    words = "".join(run.text for one in markup.blocks(text) for item in one.items for run in item.runs)
    drawn = "".join(etree.fromstring(f"<b>{markup.block(text).replace('<br>', ' ')}</b>").itertext())
    assert "".join(words.split()) == "".join(drawn.split())
    if [one.kind for one in markup.blocks(text)] == ["paragraph"]:
        assert markup.plain(text) == words


@settings(max_examples=600, deadline=None)
@given(hostile)
def test_literal_text_survives_as_it_is(text):
    kept = markup.literal(text)
    expected = [line.strip() for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", markup.plain(kept)) if line.strip()]
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", re.sub(NEVER, "", whole(text)))]
    assert expected == [line for line in lines if line]


NEVER = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000\ue001\ufdd0-\ufdef]"


@settings(max_examples=600, deadline=None)
@given(hostile.filter(lambda text: not re.search("[<&]", text)))
def test_plain_text_from_another_system_survives_as_it_is(text):
    kept, left_out = markup.from_html(text)
    assert left_out == []
    assert spaced(markup.plain(kept)) == spaced(whole(text))


@settings(max_examples=600, deadline=None)
@given(hostile)
def test_html_from_another_system_becomes_harmless_and_keeps_its_text(text):
    text = text.replace("\ufffe", "").replace("\uffff", "")
    kept, left_out = markup.from_html(text)
    harmless(markup.block(kept))
    known = r"</?(?:b|i|p|a|li|ul|td|tr|table|br|script)(?:\s[^<>]*)?>"
    bare = re.sub(r"<!--.*?-->|<script>.*?</script>", "", whole(text), flags=re.S)
    words = re.sub(known, " ", re.sub("\ue000x\ue001", "x", bare)).replace("&amp;", "")
    found = markup.plain(kept)
    for word in ("word", "é", "كلمة", "😀"):
        assert found.count(word) == words.count(word) or "script" in text or "<!--" in text
    for said in left_out:
        assert said
        assert said == said.strip()


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p>Hello <b>bold </b>text</p><p>&nbsp;</p><p>Next</p>", "Hello **bold** text\n\nNext"),
        ("a<br>b<br/><br>c", "a\nb\n\nc"),
        ("<5 years, >10 & AT&T &eacute; &#8364; &lt;b&gt;", "<5 years, >10 & AT&T é € <b>"),
        ("Fish&nbsp;and&nbsp;chips", "Fish\u00a0and\u00a0chips"),
        ("<ul><li><p>one</p><ul><li>two</li></ul></li><li>three</li></ul>", "- one\n- two\n- three"),
        ("<ol start=3><li>c</li><li>d</li></ol>after", "3. c\n4. d\n\nafter"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "**A** | **B**\n1 | 2"),
        ("<h2>Title</h2>text", "**Title**\n\ntext"),
        ("<a href='https://x.org/a b(c)'>See [this] _now_</a>", r"[See \[this\] \_now\_](https://x.org/a%20b%28c%29)"),
        ("<a href='mailto:a@b.uk'>Write</a>", "[Write](mailto:a@b.uk)"),
        ("<a href='//x.org'> </a>", "[https://x.org](https://x.org)"),
        ("<strong>a</strong><strong>b</strong><em>c</em>", "**ab**_c_"),
        ("<b>a <i>b</i></b> <i>c</i>", "**a _b_** _c_"),
        ("<b>one<br><br>two</b>", "**one**\n\n**two**"),
        ("- not a list\n1. nor this\n**nor**", "\\- not a list\n1\\. nor this\n\\*\\*nor\\*\\*"),
        ("m<sup>2</sup>, CO<sub>2</sub>", "m², CO₂"),
        ("<b>unclosed <i>both", "**unclosed _both_**"),
        ("</p></div>stray<p>", "stray"),
        ("john <john@example.org>", "john <john@example.org>"),
        ("<o:p>Word</o:p> <st1:place>says</st1:place>", "Word says"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("\ud83d\ude00 \ud800", "😀 \ufffd"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_our_markup(given_html, kept):
    assert markup.from_html(given_html) == (kept, [])


def test_right_to_left_text_and_its_signs_are_kept():
    windows = "هل <b>توافق</b>؟ \u200fنعم&rlm;".encode("cp1256", "replace").decode("cp1256")
    assert markup.from_html(windows)[0] == "هل **توافق**؟ \u200fنعم\u200f"


@pytest.mark.parametrize(
    ("given_html", "kept", "left_out"),
    [
        ("a<script>steal()</script>b", "ab", ["a script"]),
        ("<style>p{}</style><p style='color:red' onclick='x()'>a</p>", "a", ["a style", "a script"]),
        ("<img src='https://t.co/p.gif' width=1 height=1>a", "a", ["a tracking image (https://t.co/p.gif)"]),
        ("<img src='https://x.org/p.png' alt='A plan'>", "A plan", ["an image from another site (https://x.org/p.png)"]),
        ("<img src='upload/p.png'>a", "a", ["an image (upload/p.png)"]),
        ("<iframe src='https://y.org'>inside</iframe>", "inside", ["a page from another site (https://y.org)"]),
        ("<a href='javascript:x()'>a</a>", "a", ["a link that leads nowhere outside its system (javascript:x())"]),
        ("<input value=v><select><option>one<option>two</select>", "one\n\ntwo", ["a form field (v)", "a form field"]),
        ("<font face=Arial>a</font><u>b</u>", "ab", ["a style", "underlining"]),
        ("<div style='display: none'>psst <b>x</b></div>a", "a", ["hidden text: “psst x”"]),
        ("un<i>do</i>", "undo", ["emphasis within a word"]),
        ("1<sup>st</sup>", "1st", ["raised or lowered letters"]),
        ("a<!-- note -->b", "ab", ["a hidden comment"]),
        ("<abbr title='Doctor'>GP</abbr>", "GP", ["an explanation (Doctor)"]),
        ("<link rel=stylesheet href='https://fonts.example/x.css'>a", "a", ["a style"]),
        ("<svg><text>x</text></svg>a", "a", ["a drawing"]),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said(given_html, kept, left_out):
    assert markup.from_html(given_html) == (kept, left_out)


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "**a" * 10_000, "_a" * 15_000, "\\" * 30_000, "<b>" * 8_000 + "x", "<!--" * 8_000, "- " * 15_000],
)
def test_hostile_length_is_read_in_reasonable_time(text):
    began = time.process_time()
    markup.block(text)
    markup.inline(text)
    kept, _ = markup.from_html(text)
    assert time.process_time() - began < 10
    assert "x" in kept or "<b>" not in text

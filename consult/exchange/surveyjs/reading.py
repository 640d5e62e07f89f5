"""What the readers of one SurveyJS file share: its words by language, its conditions, what became of it so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.assembly import Asked, Assembly, Words
from consult.exchange.conditions import Broken, Unsupported
from consult.exchange.languages import code_of
from consult.exchange.losses import CHANGED, LOST, NOTE, Losses, Refused
from consult.exchange.phrases import Phrases
from consult.exchange.structure import Thing, shown, text_of
from consult.exchange.surveyjs.conditions import Meaning

#: An earlier answer in words: {name}, {matrix.row}.
PIPED = re.compile(r"\{([^{}\n]{1,200})\}")
#: How things look, and how the program they come from goes about its work.
LOOKS = re.compile(
    r"""(?x)
    .*(?:Width|Height|Size|Location|Layout|LayoutEnabled|Fit|Color|Align|Indent|Visibility|Style|Position|ColCount)
  | .*(?:ColumnCount|Css|css|Opacity|Attachment|Format|Direction)
  | show(?!Other|None|Refuse|DontKnow|SelectAll|CommentArea)[A-Z].*
  | progressBar.* | signature.* | toc.* | question(?:Description|Title|Error|s?OnPage|Start)\w* | image\w+
  | allow(?:Clear|Resize|Swap) | alternateRows | auto(?:Grow|Play|complete) | calendarCulture | cols | colCount
  | columnsLayout | contentMode | customClass | descriptionLocation | displayMode | displayRate\w* | fitToContainer.*
  | focus.* | fontSize | headerView | height | width | size | hide(?:Number|OnEmpty) | icon\w+ | indent | isPanelless
  | itemsPerRow | labelTrueFalse | lazy.* | logo\w+ | longTap | maxTextLength | mobileView | panels?State | penColor
  | pen(?:Max|Min)Width | previewMode | rate(?:Color|Type|Display)\w* | render(?:As|Mode) | required(?:Mark|Text)?
  | responsive | rows | schemaVersion | search(?:Enabled|Mode) | separateSpecialChoices | startWithNewLine | state
  | storeDataAsText | tabAlign | textUpdateMode | textWrapEnabled | theme\w* | titleLocation
  | useDisplayValuesInTitle | verticalAlign | widthMode | wordWrap | \$schema
    """
)
#: Words on buttons and the like, of which the site has its own.
SITE_WORDS = re.compile(
    r"(?:complete|pagePrev|pageNext|preview|edit|startSurvey|clear|cancel|done|panelAdd|panelRemove|addRow|removeRow|emptyRows"
    r"|noEntries|optionsCaption|maxSize|required|confirmDelete|loading|take\w*|file\w*)(?:Text|Html|Caption|Message)?"
)


@dataclass
class Reading:
    """One file while it is read."""

    assembly: Assembly
    losses: Losses
    language: str
    #: languages that kept words are in, the file's own first
    spoken: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spoken = {self.language: None}
        self.phrases = Phrases(PIPED, self.answer)
        self.meaning = Meaning(self.assembly.place)

    def answer(self, name: str) -> Asked:
        """The question that `{name}` stands for in words; raises Unsupported."""
        return self.assembly.place(name.strip())

    def said(self, thing: Thing, name: str) -> Words:
        """The words of a property as the file has them, by language."""
        value = thing.raw(name)
        if not isinstance(value, Mapping):
            text = text_of(value).strip() if not isinstance(value, bool) else ""
            if not text and value not in (None, "", [], {}, False):
                thing.lose(LOST, name, "These should be words and are not, so they are left out.", said=shown(value))
            return {self.language: text} if text else {}
        found: Words = {}
        for locale, text in value.items():
            if not isinstance(text, str):
                if text is not None:
                    done = "These should be words and are not, so they are left out."
                    thing.lose(LOST, name, done, said=shown(text))
                continue
            language = self.language if locale == "default" else self._language(thing, name, locale)
            if text.strip() and (locale == "default" or language not in found):
                found[language] = text.strip()
        if self.language not in found and found:
            found = {self.language: next(iter(found.values())), **found}
        return {language: found[language] for language in sorted(found, key=lambda one: one != self.language)}

    def _language(self, thing: Thing, name: str, locale: str) -> str:
        language, known = code_of(locale)
        if not known:
            done = f"This is no language that is known; its words are kept as “{language}”."
            thing.lose(NOTE, name, done, said=locale, together="language")
        self.spoken.setdefault(language)
        return language

    def question_words(self, thing: Thing, name: str = "title") -> tuple[Words, Words]:
        """What is asked and what stands around it."""
        return self.phrases.question(self.said(thing, name), thing, name, language=self.language)

    def block(self, thing: Thing, name: str) -> Words:
        """Paragraphs."""
        return self.phrases.block(self.said(thing, name), thing, name)

    def line(self, thing: Thing, name: str) -> Words:
        """One line."""
        return self.phrases.line(self.said(thing, name), thing, name)

    def title(self, thing: Thing, name: str = "title") -> Words:
        """One plain line."""
        return self.phrases.title(self.said(thing, name), thing, name)

    def condition(self, thing: Thing, name: str, what: str) -> tuple[dict[str, Any] | bool | None, bool]:
        """A condition, True or False, None where there is none; and whether what it says was not kept."""
        said = thing.text(name)
        if not said:
            return None, False
        try:
            return self.meaning.of(said), False
        except Unsupported as reason:
            thing.lose(CHANGED, name, f"{what} is there for everyone: its condition needs {reason}.")
            return None, True
        except Broken as reason:
            raise Refused(
                f"“{self.assembly.filename}”, {thing.place}, {name}: the condition cannot be read: {reason}."
            ) from None

    def finish(self, thing: Thing) -> None:
        """Report what nobody read of a thing: how it looks in one line, everything else by itself."""
        for name, value in thing.unread():
            said = shown(value)
            if name in ("placeholder", "placeHolder"):
                done = "Words inside an empty box vanish while somebody types, so they are not kept."
                thing.lose(NOTE, name, done, said=said)
            elif SITE_WORDS.fullmatch(name):
                thing.lose(NOTE, name, "The site has its own words for this.", said=said, together=f"{name} {said}")
            elif LOOKS.fullmatch(name) and not isinstance(value, dict | list):
                done = "How things look in the program they come from is not kept."
                thing.lose(NOTE, name, done, said=f"{name}: {said}", together="looks")
            elif name != "name":
                thing.lose(NOTE, name, "This is not known here and not kept.", said=said, together=f"{name} {said}")

"""Easy Read lacks what the questionnaire has and it has not: words, pictures, short sentences."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.parity import SomeOptions, easy_read, longest_sentence
from consult.domain.questionnaire import Picture, read, reworded
from consult.domain.wording import Wording

EASY = "en-x-easyread"
KINDS = ("single_choice",)


def questionnaire(**easy):
    """Two options; `easy` gives Easy Read words by place, spaces as underlines."""
    asked = read(
        {
            "consult": 1,
            "language": "en",
            "languages": ["en"],
            "title": {"en": "Phones"},
            "pages": [
                {
                    "key": "one",
                    "questions": [
                        {
                            "key": "how",
                            "kind": "single_choice",
                            "text": {"en": "How easy is it?"},
                            "options": [
                                {"key": "easy", "label": {"en": "Easy"}},
                                {"key": "hard", "label": {"en": "Hard"}},
                            ],
                        }
                    ],
                }
            ],
        }
    )

    def change(place, wording):
        words = easy.get(place.replace(", ", "__").replace(" ", "_"))
        return Wording({**wording.as_json(), EASY: words}) if words else wording

    return reworded(asked, change)


def drawn(asked):
    """The same with a picture beside each option."""
    picture = Picture("0" * 64, Wording({"en": "A telephone", EASY: "A phone"}))
    pages = [
        replace(
            page,
            questions=tuple(
                replace(one, options=tuple(replace(option, picture=picture) for option in one.options))
                for one in page.questions
            ),
        )
        for page in asked.pages
    ]
    return replace(asked, pages=tuple(pages))


def test_every_place_without_words_and_every_idea_without_a_picture_is_named():
    lacks = easy_read(questionnaire(title="Phones"), EASY, drawn_by=KINDS)
    options = ("question how, option easy", "question how, option hard")
    assert lacks.words == ("question how", *options) and lacks.places == 4
    assert lacks.pictures == options and lacks.ideas == 2 and not lacks.whole
    assert easy_read(questionnaire(), EASY, drawn_by=()).ideas == 0


def test_one_with_words_and_pictures_for_everything_lacks_nothing():
    words = {
        "title": "Phones",
        "question_how": "Is it easy?",
        "question_how__option_easy": "Yes",
        "question_how__option_hard": "No",
    }
    assert easy_read(drawn(questionnaire(**words)), EASY, drawn_by=KINDS).whole
    long = easy_read(drawn(questionnaire(**{**words, "question_how": "so " * 15 + "easy?"})), EASY, drawn_by=KINDS)
    assert long.long == (("question how", 16),) and not long.whole


def test_fewer_options_are_said_with_the_keys_they_share():
    lacks = easy_read(questionnaire(question_how__option_easy="Yes"), EASY, drawn_by=KINDS)
    assert lacks.some_options == (SomeOptions("how", ("easy",), ("easy", "hard")),)


def test_sentences_are_counted_one_by_one():
    assert longest_sentence("One two three. Four five! Six?") == 3
    assert longest_sentence("- one\n- two three") == 3
    assert longest_sentence("") == 0
    assert longest_sentence("See [our long page](https://example.org/a b)") >= 4

"""When each kind of question is the right one, as people who choose among them read it."""

from __future__ import annotations

#: By the name of the kind.
WHEN: dict[str, str] = {
    "single_choice": "When exactly one answer can be true. Long lists become a drop-down list.",
    "multiple_choice": "When several answers can be true at once. You can limit how many.",
    "long_text": "When you want to hear it in people’s own words. Somebody has to read every answer.",
    "short_text": "For a few words, such as the name of a place.",
    "yes_no": "When there are only two answers; you can add “not sure”.",
    "rating": "How good, easy or important something is, from one end to the other.",
    "matrix": "Several things judged on the same scale. Keep it short: it is hard work on a phone.",
    "matrix_several": "Several things, each with any number of the same answers.",
    "matrix_text": "A few words about each of several things.",
    "matrix_numbers": "A number for each of several things, such as minutes by each way of travelling.",
    "number": "For a count or a measure. Results show it in bands.",
    "percentage": "For a share from 0 to 100.",
    "money": "For an amount in a currency.",
    "date": "For a day that people remember exactly.",
    "partial_date": "For a day long ago: people give as much as they remember.",
    "date_range": "For a beginning and an end.",
    "time": "For an hour and minute, such as when somebody would like to come.",
    "duration": "For how long something takes, such as a journey.",
    "ranking": "To put a few things in order of importance. Five or fewer is best.",
    "points": "To say how much more one thing matters than another.",
    "place": "To choose a practice or town from your own list or the group’s.",
    "place_on_map": "To point at one of your places on a map; the list beside it does the same.",
    "postcode_district": "To see from which area answers come, without a whole postcode.",
    "document_comment": "To hear what people think of one passage, which they read here.",
    "statement": "Something to read. It asks nothing.",
    "email": "To write back to somebody. It is kept apart from their answers.",
    "telephone": "To call somebody back. It is kept apart from their answers.",
    "publish_consent": "Whether words that people write may be shown to others.",
}

"""LimeSurvey's advanced settings of questions: which change nothing, how each is told, and that none is forgotten."""

from __future__ import annotations

from consult.exchange.limesurvey.reading import Reading
from consult.exchange.limesurvey.source import Asked, Attribute
from consult.exchange.losses import CHANGED, NOTE

#: Values that say nothing; programs that write surveys put NA where they have no value.
NOTHING = ("", "0", "N", "NA", "none", "default")
#: How a question looks on LimeSurvey's pages and in its statistics; with values that mean its usual look.
LOOKS: dict[str, tuple[str, ...]] = {
    "answer_width": (), "answer_width_bycolumn": (), "array_filter_style": (), "buttonPosition": (),
    "category_separator": (),
    "choice_input_columns": ("12",), "choice_title": (), "column_headings": (), "crop_or_resize": (), "cssclass": (),
    "display_columns": ("1",), "display_rows": (), "display_type": (), "dropdown_dates": (),
    "dropdown_dates_minute_step": ("1",), "dropdown_dates_month_style": (), "dropdown_prefix": (),
    "dropdown_prepostfix": (), "dropdown_separators": ("|",), "dropdown_size": (), "fix_height": ("200",),
    "fix_width": (), "hide_tip": ("1",), "horizontal_scroll": ("1",), "input_size": (), "keep_aspect": (),
    "label_input_columns": ("12",), "location_city": (), "location_country": (), "location_defaultcoordinates": (),
    "location_mapheight": ("300",), "location_mapwidth": ("500",), "location_mapzoom": ("11",),
    "location_nodefaultfromip": (), "location_postal": (), "location_state": (), "max_subquestions": (),
    "num_columns": (), "page_break": (), "printable_help": (), "public_statistics": (), "rank_title": (),
    "repeat_headings": (), "reverse": (), "samechoiceheight": ("1",), "samelistheight": ("1",),
    "save_as_default": (), "scale_export": (), "show_comment": ("1",), "show_grand_total": (), "show_tick": (),
    "show_title": ("1",), "show_totals": ("X",), "showpopups": ("1",), "slider_custom_handle": ("f1ae",),
    "slider_default_set": ("1",), "slider_handle": (), "slider_layout": (), "slider_middlestart": (),
    "slider_orientation": (), "slider_rating": (), "slider_reset": (), "slider_reversed": (), "slider_showminmax": (),
    "statistics_graphtype": (), "statistics_showgraph": ("1",), "statistics_showmap": ("1",),
    "text_input_columns": (), "text_input_width": (), "time_limit_action": ("1",), "time_limit_countdown_message": (),
    "time_limit_disable_next": (), "time_limit_disable_prev": (), "time_limit_message": (),
    "time_limit_message_delay": (), "time_limit_message_style": (), "time_limit_timer_style": (),
    "time_limit_warning": (), "time_limit_warning_2": (), "time_limit_warning_2_display_time": (),
    "time_limit_warning_2_message": (), "time_limit_warning_2_style": (), "time_limit_warning_display_time": (),
    "time_limit_warning_message": (), "time_limit_warning_style": (), "use_dropdown": (),
    "value_range_allows_missing": ("1",), "answer_order": ("normal",), "subquestion_order": ("normal",),
    "other_position": ("end",), "other_position_code": (), "assessment_value": ("1",), "array_filter": (),
    "array_filter_exclude": (), "multiflexible_step": ("1",), "slider_separator": ("|",), "slider_accuracy": ("1",),
    "input_boxes": (), "multiflexible_checkbox": (), "commented_checkbox": ("checked", "allways"),
    "commented_checkbox_auto": ("1",), "min_num_of_files": (), "max_num_of_files": (), "max_filesize": (),
    "allowed_filetypes": (), "random_group": (), "parent_order": (), "exclude_all_others_auto": (),
}  # fmt: skip
#: What is told about each that means more than a look, when no kind of question has used it.
DONE = {
    "time_limit": (CHANGED, "There is no time limit: everybody has as long as they need."),
    "random_group": (CHANGED, "Questions are always asked in the same order."),
    "random_order": (CHANGED, "This is always shown in the same order."),
    "answer_order": (CHANGED, "This is always shown in the order of the file."),
    "subquestion_order": (CHANGED, "This is always shown in the order of the file."),
    "parent_order": (CHANGED, "This is always shown in the order of the file."),
    "em_validation_sq": (CHANGED, "Each part of an answer is not checked by this rule."),
    "em_validation_q": (CHANGED, "Answers are not checked by this rule."),
    "other_comment_mandatory": (CHANGED, "People may leave the box behind “other” empty."),
    "other_numbers_only": (CHANGED, "The box behind “other” takes words, too."),
    "exclude_all_others_auto": (NOTE, "The answer that goes with no other is not ticked by itself."),
    "assessment_value": (NOTE, "Answers are not added up to a score."),
    "location_mapservice": (CHANGED, "A place is asked in words: there is no map."),
    "statistics_showmap": (NOTE, "How answers look in statistics is not kept."),
    "num_value_int_only": (CHANGED, "Numbers with decimals are accepted."),
    "hidden": (CHANGED, "This is shown."),
    "relevance": (NOTE, "LimeSurvey goes by the equation of the question itself, and so does this."),
    "exclude_all_others": (CHANGED, "That one row goes with no other is not checked."),
    "min_num_value": (CHANGED, "A smallest sum is not kept."),
    "max_num_value": (CHANGED, "A largest sum is not kept."),
    "equals_num_value": (CHANGED, "What the sum has to be is not kept."),
    "min_answers": (CHANGED, "A smallest number of answers is not kept."),
    "max_answers": (CHANGED, "A largest number of answers is not kept."),
    "multiflexible_step": (CHANGED, "Steps are not kept: every number in the range is accepted."),
    "slider_accuracy": (CHANGED, "Steps are not kept: every number in the range is accepted."),
    "slider_default": (CHANGED, "Nothing is filled in beforehand."),
}
SLIDERS = "This is a slider in LimeSurvey; here the number is typed."


def report(reading: Reading, asked: Asked, used: set[str]) -> None:
    """Tell every setting that says something, was not used, and is not kept."""
    for name, attribute in asked.attributes.items():
        said = _said(attribute)
        if not said or name in used:
            continue
        place = reading.place(asked, name).at(name, attribute.line)
        if name == "relevance" and said in (asked.relevance.strip(), "1"):
            continue
        if name in LOOKS and all(value in (*LOOKS[name], *NOTHING) for value in said.split(" / ")):
            continue
        if name in DONE:
            if said not in NOTHING:
                reading.lose(DONE[name][0], place, DONE[name][1], said=said, together=f"{name}={said}")
        elif name == "slider_layout" and said == "1":
            reading.lose(CHANGED, place, SLIDERS, said=said, together="slider")
        elif name in LOOKS:
            reading.lose(NOTE, place, "How a question looks is not kept.", said=f"{name}={said}", together=name)
        elif name in KNOWN:
            if said not in NOTHING:
                done = "LimeSurvey does not use this for a question of this kind, nor is it used here."
                reading.lose(NOTE, place, done, said=f"{name}={said}", together=name)
        else:
            reading.lose(CHANGED, place, "This setting is not known here and not kept.", said=f"{name}={said}")


#: Settings that some kind of question uses.
KNOWN = {
    "prefix", "suffix", "maximum_chars", "numbers_only", "num_value_int_only", "min_num_value_n", "max_num_value_n",
    "min_num_value_sgqa", "max_num_value_sgqa", "num_value_equals_sgqa", "equals_num_value", "date_format", "date_min",
    "date_max", "other_replace_text", "alphasort", "random_order", "dualscale_headerA",
    "dualscale_headerB", "multiflexible_max", "multiflexible_min", "slider_max", "slider_min", "em_validation_q_tip",
    "em_validation_sq_tip", "placeholder", "reverse", "category_separator", "dualscale_headera", "dualscale_headerb",
}  # fmt: skip


def _said(attribute: Attribute) -> str:
    return " / ".join(dict.fromkeys(value.strip() for value in attribute.values.values() if value.strip()))


def words_of(asked: Asked, name: str, languages: list[str]) -> dict[str, str]:
    """A setting that is words, by language of the survey; one for all stands in every language."""
    attribute = asked.attributes.get(name)
    if attribute is None:
        return {}
    found = {language: text for language, text in attribute.values.items() if language and text.strip()}
    return found or (dict.fromkeys(languages, attribute.values.get("", "")) if attribute.value else {})

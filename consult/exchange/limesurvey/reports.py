"""What a survey says besides its questions: settings, quotas, letters, themes. None is kept, all are told."""

from __future__ import annotations

from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Other
from consult.exchange.losses import CHANGED, LOST, NOTE

#: How LimeSurvey runs and shows a survey; told in one line where it says something.
RUNNING = frozenset({
    "sid", "gsid", "owner_id", "admin", "adminemail", "active", "additional_languages", "language", "template",
    "datecreated", "format", "faxto", "bounce_email", "bounceprocessing", "bouncetime", "bounceaccounttype",
    "bounceaccounthost", "bounceaccountpass", "bounceaccountencryption", "bounceaccountuser", "autonumber_start",
    "tokenlength", "showxquestions", "showgroupinfo", "showqnumcode", "showwelcome", "showprogress", "questionindex",
    "nokeyboard", "usecookie", "htmlemail", "sendconfirmation", "listpublic", "publicstatistics", "publicgraphs",
    "printanswers", "shownoanswer", "showdatapolicybutton", "tokenencryptionoptions", "googleanalyticsstyle",
    "lastmodified", "showsurveypolicynotice", "ipanonymize", "crypt", "template_name", "othersettings",
    "access_mode", "survey_menu", "owner",
})  # fmt: skip
QUIET = ("", "0", "-1", "1", "N", "I", "E", "inherit", "B", "X", "5", "15", "-", "single_unenc", "default")
#: Settings that change what people meet: what they mean when they are not one of these, and what is done instead.
MEANT: dict[str, tuple[tuple[str, ...], str, str]] = {
    "anonymized": (("Y", "I", ""), NOTE, "Answers are always anonymous here, whatever this setting says."),
    "usetokens": (("N", "I", ""), NOTE, "People on a list of participants are invited here in their own way."),
    "tokenanswerspersistence": (("N", "I", ""), NOTE, "Answers are never kept with a person on a list."),
    "allowregister": (("N", "I", ""), NOTE, "People need not register to answer."),
    "allowsave": (("Y", "N", "I", ""), NOTE, "People can always come back to finish."),
    "allowprev": (("Y", "N", "I", ""), NOTE, "People can always go back a page."),
    "alloweditaftercompletion": (("N", "I", ""), CHANGED, "What was sent cannot be changed."),
    "datestamp": (("N", "I", ""), NOTE, "When somebody answered is not kept: it would help to identify them."),
    "ipaddr": (("N", "I", ""), NOTE, "Internet addresses are not kept: they would help to identify people."),
    "refurl": (("N", "I", ""), NOTE, "Where somebody came from is not kept: it would help to identify them."),
    "savetimings": (("N", "I", ""), NOTE, "How long somebody took is not kept."),
    "startdate": (("",), NOTE, "When it opens is set on the consultation."),
    "expires": (("",), NOTE, "When it closes is set on the consultation."),
    "usecaptcha": (("N", "D", "I", "E", ""), NOTE, "Nobody has to solve a puzzle to answer."),
    "assessments": (("N", "I", ""), CHANGED, "Answers are not added up to a score that people see."),
    "emailnotificationto": (("", "inherit"), NOTE, "Nobody is sent a letter for each response."),
    "emailresponseto": (("", "inherit"), NOTE, "Nobody is sent a letter for each response."),
    "googleanalyticsapikey": (("", "9999useGlobal"), CHANGED, "No other site learns who answers."),
    "autoredirect": (("N", "I", ""), CHANGED, "Nobody is led to another site after sending."),
    "navigationdelay": (("0", "-1", ""), NOTE, "Nobody has to wait before the next page."),
    "attributedescriptions": (("", "[]", "{}", "a:0:{}"), NOTE, "What a list of participants knows is not kept."),
}  # fmt: skip
#: Texts of a survey that are used, or that only say how LimeSurvey writes numbers and dates.
TEXTS_KEPT = frozenset({
    "surveyls_survey_id", "surveyls_language", "surveyls_title", "surveyls_description", "surveyls_welcometext",
    "surveyls_dateformat", "surveyls_numberformat", "surveyls_alias", "attachments",
})  # fmt: skip
POLICY = "People read the privacy page of this site instead."
TEXTS_TOLD = {
    "surveyls_endtext": (LOST, "The page after sending has words of its own; these are left out."),
    "surveyls_url": (CHANGED, "Nobody is led to another page after sending."),
    "surveyls_urldescription": (CHANGED, "Nobody is led to another page after sending."),
    "surveyls_policy_notice": (LOST, POLICY),
    "surveyls_policy_notice_label": (LOST, POLICY),
    "surveyls_policy_error": (LOST, POLICY),
    "surveyls_legal_notice": (LOST, POLICY),
    "surveyls_attributecaptions": (NOTE, "What a list of participants knows is not kept."),
}
QUOTA = "Quotas are not kept: everybody may answer, however many have."
#: What is told about everything else in a file, by what it is.
TOLD = {
    "quota": (LOST, QUOTA),
    "quota_members": (LOST, QUOTA),
    "quota_languagesettings": (LOST, QUOTA),
    "qta": (LOST, QUOTA),
    "qtam": (LOST, QUOTA),
    "qtals": (LOST, QUOTA),
    "assessments": (LOST, "Answers are not added up to a score that people see."),
    "as": (LOST, "Answers are not added up to a score that people see."),
    "defaultvalues": (CHANGED, "Nothing is filled in beforehand."),
    "defaultvalue_l10ns": (CHANGED, "Nothing is filled in beforehand."),
    "themes": (NOTE, "How LimeSurvey’s pages look is not kept."),
    "themes_inherited": (NOTE, "How LimeSurvey’s pages look is not kept."),
    "question_themes": (NOTE, "How LimeSurvey’s pages look is not kept."),
    "survey_urlparameters": (LOST, "Nothing is taken from the address that somebody comes by."),
    "plugin_settings": (NOTE, "Programs added to LimeSurvey are not kept."),
    "permissions": (NOTE, "Who may do what is set here."),
    "surveys_groups": (NOTE, "How LimeSurvey sorts its surveys is not kept."),
    "tokens": (NOTE, "Who was invited is never read."),
    "responses": (NOTE, "What people answered is never read."),
    "participants": (NOTE, "Who was invited is never read."),
    "timings": (NOTE, "How long people took is never read."),
    "packed file": (NOTE, "Only the survey of an archive is read."),
    "orphan": (LOST, "This belongs to nothing in the file, so it is left out."),
    "orphan attribute": (NOTE, "This is a setting of a question that is not in the file."),
    "astray": (LOST, "The question belongs to no group in the file, so it is left out."),
    "field": (CHANGED, "This field is not known here and not kept."),
    "no heading": (NOTE, "This stands in a column without a heading and is not read."),
}
UNKNOWN_ROW = "This part of the file is not known here and not kept."
#: Where one line for all of a kind is enough.
ONCE = frozenset({
    "themes", "themes_inherited", "question_themes", "plugin_settings", "orphan attribute", "quota_members", "qtam",
    "quota_languagesettings", "qtals", "packed file", "defaultvalue_l10ns", "permissions", "surveys_groups",
})  # fmt: skip
DOCUMENTS = {
    "Group": "The file holds one group of questions; it is brought in as a questionnaire of its own.",
    "Question": "The file holds one question; it is brought in as a questionnaire of its own.",
    "Label set": "The file holds labels, which ask nothing: their name is the question, and they are its answers.",
}
OLDEST, NEWEST = 100, 717


def report(reading: Reading) -> None:
    """Everything that stands beside the questions."""
    _document(reading)
    _settings(reading)
    _texts(reading)
    for other in reading.source.others:
        _other(reading, other)


def _document(reading: Reading) -> None:
    source = reading.source
    place = Place("file", None)
    if source.document in DOCUMENTS:
        reading.lose(NOTE, place, DOCUMENTS[source.document], said=source.document)
    if source.encoding != "UTF-8":
        reading.lose(NOTE, place, f"The file is not in UTF-8; it was read as {source.encoding}.", said=source.encoding)
    if source.version and not OLDEST <= source.version <= NEWEST:
        done = "This version of LimeSurvey’s files was not known when this was built; read the questionnaire with care."
        reading.lose(CHANGED, place.at("DBVersion"), done, said=str(source.version))
    for language, code in reading.spoken.items():
        if language != code:
            done = f"LimeSurvey calls this language “{language}”; here it is “{code}”."
            reading.lose(NOTE, place.at("languages"), done, said=language)


def _settings(reading: Reading) -> None:
    running = []
    for name, (text, line) in reading.source.settings.items():
        said = " ".join(text.split())
        place = Place("survey", line, name)
        if name in MEANT:
            usual, severity, done = MEANT[name]
            nowhere = not any(text.strip() for text in reading.source.texts.get("surveyls_url", {}).values())
            if said not in usual and not (name == "autoredirect" and nowhere):
                reading.lose(severity, place, done, said=said, together=done)
        elif name in RUNNING:
            if said not in QUIET and name not in ("sid", "language", "additional_languages", "format"):
                running.append(f"{name}={'…' if 'pass' in name else said}")
        elif said:
            reading.lose(CHANGED, place, "This setting is not known here and not kept.", said=f"{name}={said}")
    first = next((line for _text, line in reading.source.settings.values()), None)
    for at in range(0, len(running), 12):
        done = "How LimeSurvey runs and shows a survey is not kept."
        reading.lose(NOTE, Place("survey", first), done, said=", ".join(running[at : at + 12]))
    if reading.source.settings.get("format", ("G", 0))[0].strip() in ("S", "A"):
        done = "LimeSurvey asks question by question, or all on one page; here a group of questions is a page."
        reading.lose(NOTE, Place("survey", first, "format"), done, said=reading.source.settings["format"][0])


def _texts(reading: Reading) -> None:
    source = reading.source
    for name, texts in source.texts.items():
        worded = [text for text in texts.values() if text.strip().strip('"')]
        if not worded or name in TEXTS_KEPT:
            continue
        place = Place("survey texts", source.lines.get(name), name)
        letter = name.startswith(("surveyls_email", "email_", "surveyls_admin"))
        if letter:
            done = "LimeSurvey’s letters are not kept; this site has its own."
            for text in worded:
                reading.lose(NOTE, place, done, said=text, together="letters")
            continue
        severity, done = TEXTS_TOLD.get(name, (CHANGED, "These words are not known here and not kept."))
        for text in worded:
            reading.lose(severity, place, done, said=text, together=name)


def _other(reading: Reading, other: Other) -> None:
    severity, done = TOLD.get(other.what, (LOST, UNKNOWN_ROW))
    place = Place(other.place, other.line, other.column)
    once = other.what in ONCE or other.place.startswith("section quota")
    reading.lose(severity, place, done, said=other.said, together=other.what if once else "")

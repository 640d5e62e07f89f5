"""What the tables of answers may consist of: every column of them, and what must lead nowhere near them.

`consult audit anonymity` holds the database that is really there to this list; a new column is added here or nowhere.
"""

from __future__ import annotations

#: Every table that holds something a respondent said or may come back with, with all of its columns.
ANSWERS: dict[str, frozenset[str]] = {
    "drafts": frozenset({"id", "consultation_id", "sealed", "expires_on", "comeback", "wrapped"}),
    "generations": frozenset({"id", "consultation_id", "public_key"}),
    "boxes": frozenset({"consultation_id", "generation_id", "stage", "swept_on"}),
    "ballots": frozenset({"id", "generation", "receipt", "sealed", "equality"}),
    "responses": frozenset(
        {"id", "consultation_id", "revision_id", "language", "channel", "segment", "day", "answers"}
    ),
    "comments": frozenset({"id", "consultation_id", "response_id", "question", "part", "text", "language"}),
    "personal_answers": frozenset({"id", "consultation_id", "question", "answer"}),
    # Counts of two things at once, sealed, of a size that says nothing.
    "closing_arrays": frozenset({"consultation_id", "revision_id", "closing_key", "public_key", "sealed"}),
    "counted": frozenset({"receipt"}),
    "spent": frozenset({"token_hash"}),
    # At their writer's wish, words without the nine others; the day says by when they are to be read.
    "urgent_comments": frozenset({"id", "consultation_id", "text", "day", "lead_told", "outcome", "passed_on"}),
    # Set aside, ten or more at a time, until somebody has looked; what each said, and what is known of a batch in sum.
    "quarantined": frozenset({"id", "consultation_id", "quarantine_id", "answers", "comments"}),
    "quarantines": frozenset(
        {
            "id",
            "consultation_id",
            "revision_id",
            "language",
            "channel",
            "segment",
            "day",
            "reason",
            "people",
            "stage",
            "grounds",
            "adds",
            "equality",
            "apart",
        }
    ),
    # Sealed until two people agree on what is on the paper; then a number and a stage.
    "keyed_forms": frozenset({"batch_id", "number", "stage", "reason", "first", "second"}),
}
#: Where answers may point: at each other, at what was asked, and forms on paper at the batch they lie in.
MAY_POINT_AT = frozenset({*ANSWERS, "consultations", "revisions", "batches"})
#: Tables about people we know by name, and about staff: nothing leads from them to answers or back.
PEOPLE = frozenset(
    {
        "accounts",
        "memberships",
        "staff_events",
        "subscribers",
        "contacts",
        "contact_lists",
        "invitations",
        "opt_outs",
        "event_registrations",
        "format_requests",
        "submissions",
        "enquiries",
        "submission_contacts",
        "group_leads",
        "batch_keyers",
    }
)
#: Columns that answers and people may both have: what was asked, a row's own number, the language of a page, and the
#: part of a list, which is settled only where at least nine others have the same.
#: One more meets by its value: spent.token_hash is the ticket of an invitation, from sending until the next sweep. It
#: tells that somebody was invited and has answered, which is no secret, and leads to no answer.
#: The batch of a form on paper tells which staff were to key it, and nothing of whoever filled it in.
SHARED = frozenset({"id", "consultation_id", "language", "segment", "batch_id"})
#: The only days in them: when a draft is thrown away, when a batch was settled, when a box was swept,
#: and from when on urgent words wait to be read.
DAYS = frozenset(
    {
        ("drafts", "expires_on"),
        ("responses", "day"),
        ("quarantines", "day"),
        ("boxes", "swept_on"),
        ("urgent_comments", "day"),
    }
)

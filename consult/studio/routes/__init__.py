"""Pages for those who write, translate, try out and comment on a consultation before it opens."""

from __future__ import annotations

from flask import Blueprint, Flask

blueprint = Blueprint("studio", __name__)


def register(app: Flask) -> None:
    """Add this room's pages."""
    from consult.accounts.work import add_place, add_work
    from consult.consultations.actions import add_lacking, add_looked, add_written
    from consult.exchange.translating import add_notes
    from consult.studio.actions import edit, start
    from consult.studio.actions.look import keep_looked_at
    from consult.studio.actions.translate import keep_written
    from consult.studio.queries import desk as queries
    from consult.studio.routes import (  # noqa: F401  their views belong to the blueprint
        changes,
        desk,
        formats,
        links,
        looking,
        previewing,
        questions,
        remarks,
        sectioning,
        showing,
        starting,
        trials,
        trying,
        writing,
    )
    from consult.web.sections import add_section

    for place in ("staff_consultation", "review_consultation"):
        add_section(place, changes.to_changes, order=5)
        add_section(place, remarks.to_remarks, order=6)
        add_section(place, links.to_links, order=7)
        add_section(place, desk.to_desk, order=19)
        add_section(place, formats.to_formats, order=19)
    add_section("staff_consultation", changes.to_versions, order=4)
    add_section("staff_consultation", starting.to_start, order=2)
    add_section("staff_consultation", writing.to_write, order=4)
    add_place("Question bank", "studio.question_bank", "edit_consultation", order=22)
    add_lacking(queries.lacking)
    add_notes(queries.notes_for_translators)
    add_lacking(edit.lacking)
    add_lacking(start.lacking)
    add_looked(keep_looked_at)
    add_written(keep_written)
    add_written(edit.keep_written)
    add_work(changes.next_steps)
    add_work(remarks.next_steps)
    add_work(desk.next_steps)
    app.register_blueprint(blueprint)

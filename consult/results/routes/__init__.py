"""Results: counts for staff as at the last count, and what is published for everybody."""

from flask import Blueprint, Flask

blueprint = Blueprint("results", __name__)


def register(app: Flask) -> None:
    """Add this room's pages, and its lists to the hub, to groups' and to consultations' pages."""
    from consult.accounts.work import add_place, add_work
    from consult.consultations.news import add_source
    from consult.results.routes import explore, populations, public, set_aside, staff, urgent  # noqa: F401
    from consult.web.sections import add_section

    add_section("hub", public.published_lately, order=30)
    add_section("group", public.published_by_group, order=30)
    add_section("consultation", public.published, order=5)
    add_section("staff_consultation", staff.counts, order=30)
    add_source(public.news)
    add_work(staff.to_publish)
    add_work(staff.open_now)
    add_work(urgent.to_read)
    add_section("staff_consultation", urgent.waiting, order=5)
    add_work(set_aside.to_decide)
    add_place("Results", "results.staff_results_list", "see_results", order=40)
    add_place("Populations", "results.population_tables", "keep_benchmarks", order=87)
    app.register_blueprint(blueprint)

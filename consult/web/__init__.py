"""What every page shares: forms, components, language, headers, saving and errors."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind all of it to the application; the order of hooks is the order of a request."""
    from consult.web import assets, errors, headers, health, locale, log, nhsuk, page, saving, telephones

    log.register(app)
    locale.register(app)
    saving.register(app)
    headers.register(app)
    errors.register(app)
    assets.register(app)
    nhsuk.register(app)
    page.register(app)
    telephones.register(app)
    health.register(app)

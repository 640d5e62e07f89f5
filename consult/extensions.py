"""The objects that Flask's extensions live in; create_app binds them."""

from typing import Any

from flask_babel import Babel
from flask_limiter import Limiter
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from consult.limits import visitor
from consult.storage import Base


class RequestSession(Session):
    """What stands for the session of the request or job at hand; called, it gives the session itself."""

    #: which requests have one
    registry: Any

    def __call__(self) -> Session:
        """The session of the request or job at hand."""
        return self

    def remove(self) -> None:
        """Give it back; the next use begins a fresh one."""


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, whose session is passed on as if it were one: for types only."""

    session: RequestSession  # type: ignore[assignment]


db = Database(model_class=Base, engine_options={"hide_parameters": True})
babel = Babel()
migrate = Migrate()
csrf = CSRFProtect()
limiter = Limiter(key_func=visitor, storage_uri="memory://", headers_enabled=False)

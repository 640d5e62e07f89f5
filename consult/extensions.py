"""The objects that Flask's extensions live in; create_app binds them."""

from flask_babel import Babel
from flask_limiter import Limiter
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from consult.storage import Base
from consult.limits import visitor

db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True})
babel = Babel()
migrate = Migrate()
csrf = CSRFProtect()
limiter = Limiter(key_func=visitor, storage_uri="memory://", headers_enabled=False)

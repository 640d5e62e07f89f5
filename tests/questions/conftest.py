"""Kinds of question need the frame of pages, but no room and no table."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import consult
from consult import web
from consult.config import ROOT
from tests.conftest import settings_for


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with pages but without rooms."""
    app = Flask("consult", template_folder=str(ROOT / "templates"), static_folder=None)
    folder: Path = tmp_path_factory.mktemp("bare")
    consult.configure(app, settings_for(folder))
    consult.bind_extensions(app)
    web.register(app)
    return app


@pytest.fixture
def app(bare: Flask) -> Flask:
    """The same for every test here: nothing is kept in it."""
    return bare

"""`consult serve` and `consult settings`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import click
from flask import current_app

from consult.config import Settings


def register(cli: click.Group) -> None:
    """Add the commands."""

    @cli.command("serve")
    @click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
    @click.option("--host", default="127.0.0.1", show_default=True)
    def serve(port: int, host: str) -> None:
        """Run the development server, with the worker as its child. Production has gunicorn and `consult worker`."""
        from werkzeug.serving import run_simple

        app = current_app._get_current_object()  # type: ignore[attr-defined]
        if app.config["CONSULT"].production:
            raise click.ClickException("In production run: gunicorn wsgi:app, and: consult worker.")
        worker = subprocess.Popen([sys.executable, "-m", "consult", "worker"])
        click.echo(f"Consult is at http://{host}:{port} – press Ctrl+C to stop it.")
        try:
            run_simple(host, port, app, threaded=True, use_reloader=False, use_debugger=False)
        finally:
            worker.terminate()
            worker.wait(timeout=10)

    @cli.command("settings")
    def settings() -> None:
        """List every setting: its name, what it means, its default and its value now."""
        chosen: Settings = current_app.config["CONSULT"]
        for one in fields(Settings):
            value = getattr(chosen, one.name)
            if one.name == "secret_key" or (one.name == "mail_url" and value):
                value = "(kept secret)"
            elif one.name == "database_url" and "@" in str(value):
                value = str(value).split("://")[0] + "://…@" + str(value).rpartition("@")[2]
            elif isinstance(value, bool):
                value = "on" if value else "off"
            default = one.metadata["default"] or "empty"
            click.echo(f"{one.metadata['name']}={value}\n    {one.metadata['help']} (default: {default})")

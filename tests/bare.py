"""The smallest Flask application, to measure ours against in the same run."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def nothing() -> str:
    """Two letters."""
    return "ok"

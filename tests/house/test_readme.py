"""The README is true to the letter: its settings are the settings, and every command in it runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from consult.commands import command_line
from consult.config import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\w*\n(.*?)```", README, re.S)
QUESTIONNAIRE = {
    "language": "en",
    "title": "Buses",
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": "How do you travel?",
                    "options": [{"key": "bus", "label": "Bus"}, {"key": "car", "label": "Car"}],
                }
            ],
        }
    ],
}


def settings_table() -> str:
    """The table of settings as the README should have it."""
    told = [one.metadata for one in fields(Settings)]
    rows = [f"| `{one['name']}` | {one['help']} | {one['default'] or '–'} |" for one in told]
    return "\n".join(["| setting | what it means | default |", "| --- | --- | --- |", *rows])


def commands() -> list[str]:
    """Every `consult …` line of the README, without what is said about it."""
    lines = [line for block in BLOCKS for line in block.splitlines() if line.startswith("consult ")]
    return [re.split(r"\s{2,}", line)[0] for line in lines]


def test_every_setting_is_in_the_readme_as_the_code_has_it():
    assert settings_table() in README


def test_every_command_of_the_readme_is_one_and_no_other_is_missing():
    cli = command_line()
    listed = set()
    for line in commands():
        found: click.Command = cli
        words = shlex.split(line.replace("[", "").replace("]", "").replace("|", "-"))[1:]
        path = []
        while isinstance(found, click.Group):
            path.append(words.pop(0))
            assert path[-1] in found.commands, line
            found = found.commands[path[-1]]
        options = {name for parameter in found.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line
        listed.add(" ".join(path))
    every = set()

    def walk(group: click.Group, before: str) -> None:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                walk(command, f"{before}{name} ")
            else:
                every.add(f"{before}{name}")

    walk(cli, "")
    assert listed == every


def test_every_make_target_of_the_readme_is_one():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    assert {name for block in BLOCKS for name in re.findall(r"\bmake ([a-z]+)", block)} <= targets


def test_what_the_readme_links_to_is_there():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
    for folder in re.findall(r"`(consult/\w+/)`", README):
        assert (ROOT / folder).is_dir(), folder


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_command_of_the_readme_runs(tmp_path: Path):
    environ = {**os.environ, "CONSULT_INSTANCE": str(tmp_path / "instance"), "CONSULT_ENV": "development"}
    ran = set()

    def consult(line: str, words: str = "", **more: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "consult", *shlex.split(line)],
            env={**environ, **more},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            input="a password for the readme\n",
        )
        assert done.returncode == 0, f"{line}: {done.stderr[-1500:]}"
        assert words in done.stdout, line
        ran.add(line.split()[0])

    file = tmp_path / "buses.json"
    file.write_text(json.dumps(QUESTIONNAIRE))
    consult("settings", "CONSULT_MIN_GROUP=10")
    consult("db upgrade")
    consult("demo", "is loaded")
    consult("demo", "was loaded already")
    consult(f"import {file} --group purbeck --slug buses --closes 2099-12-31 --open", '"questions": 1')
    consult("invent buses --count 40 --seed 3", "40")
    consult("settle buses --now")
    for form in ("json", "xlsform", "html", "pdf", "docx"):
        consult(f"questionnaire buses --format {form} --output {tmp_path / f'out.{form}'}")
    for form in ("csv", "xlsx", "json"):
        consult(f"export buses --format {form} --output {tmp_path / f'out.{form}'}")
        consult(f"export buses --format {form} --output {tmp_path / f'raw.{form}'} --raw", '"responses": 40')
    consult(f"pack nursing-at-home --output {tmp_path / 'pack.zip'}", '"release": 1')
    consult(f"verify {tmp_path / 'pack.zip'}", "Everything holds", CONSULT_ENV="no such thing")
    consult("audit anonymity", "holds")
    consult(f"backup {tmp_path / 'backup.zip'}", "rows")
    second = {"CONSULT_INSTANCE": str(tmp_path / "second")}
    consult("db upgrade", **second)
    consult(f"restore {tmp_path / 'backup.zip'}", "are back", **second)
    consult("accounts add new.editor@example.org --role editor --group purbeck")
    assert {line.split()[1] for line in commands()} - ran == {"serve", "worker"}

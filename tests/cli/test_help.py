"""What `--help` shows: examples that can be copied and run as they stand, summaries that are whole."""

import inspect
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from vacatur.cli.app import app

ROOT = typer.main.get_command(app)


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, subcommand in getattr(command, "commands", {}).items():
        yield from commands(subcommand, *path, name)


def examples(command: Any) -> list[list[str]]:
    lines = inspect.cleandoc(command.help).partition("Example")[2].splitlines()[1:]
    return [shlex.split(line) for line in lines if line.strip()]


def resolved(words: list[str]) -> Any:
    command: Any = ROOT
    for word in words:
        if word not in getattr(command, "commands", {}):
            break
        command = command.commands[word]
    return command


@pytest.mark.parametrize(
    ("path", "command"), list(commands(ROOT)), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_has_examples_with_options_that_exist(path: tuple[str, ...], command: Any) -> None:
    found = [words[words.index("vacatur") + 1 :] for words in examples(command)]
    assert found
    for words in found:
        assert tuple(words[: len(path)]) == path
        options = {option for parameter in resolved(words).params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_each_example_is_a_line_of_its_own_and_each_summary_is_whole(vacatur: Any) -> None:
    assert '    vacatur screen "Xiaomi" --on 2021-04-01\n' in vacatur("screen", "--help").stdout
    summaries = vacatur("--help").stdout.partition("Commands:")[2]
    assert "..." not in summaries
    assert "status of every listing." in summaries


@pytest.mark.parametrize(
    "command",
    [command for _, command in commands(ROOT) if not getattr(command, "commands", None)],
    ids=lambda command: str(command.name),
)
def test_every_command_takes_a_register(command: Any) -> None:
    assert any("--register" in parameter.opts for parameter in command.params)

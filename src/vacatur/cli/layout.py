"""How `--help` is laid out: examples that can be copied, summaries that are whole. No command is known here."""

import inspect
import re
from typing import Any

KEEP_LINES = "\b"
"""Alone on a line, it tells the command-line library not to wrap the paragraph that follows."""


def laid_out(command: Any) -> Any:
    """`command` with its examples on lines of their own and its first sentence as summary; subcommands likewise."""
    text = inspect.cleandoc(command.help or "")
    command.help = re.sub(r"^(?=Examples?:$)", f"{KEEP_LINES}\n", text, flags=re.MULTILINE)
    command.short_help = text.partition("\n\n")[0].replace("\n", " ")
    for subcommand in getattr(command, "commands", {}).values():
        laid_out(subcommand)
    return command

"""`vacatur serve`: the API and the pages."""

import os
from typing import Annotated

import typer

from vacatur.cli.common import RegisterOption


def register_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; they share one index.")] = 1,
    register: RegisterOption = None,
) -> None:
    """Serve the API (/docs, /api/v1, /match, /reconcile) and the pages.

    Example:
      vacatur serve --port 8000 --workers 2
    """
    import uvicorn

    from vacatur.service.engine import Engine
    from vacatur.service.settings import Settings

    if register:
        os.environ["VACATUR_REGISTER"] = register
    Engine(Settings.from_environment()).close()  # a wrong register is told here, in one line, before a worker starts
    uvicorn.run(
        "vacatur.service.app:worker_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )

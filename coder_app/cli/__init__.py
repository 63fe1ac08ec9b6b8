"""The command line: every command of the program without a window. Qt is loaded only for the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from coder_app.cli.output import say_error, use_utf8
from coder_app.core.errors import Cancelled, UserError

__all__ = ["main"]

FOUND_SOMETHING = 1
WRONG_USE = 2
INTERRUPTED = 130
NOBODY_LISTENS = 141
"""As shells show a process that SIGINT, or writing to a closed pipe, has ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status.

    0 done, 1 a check found something, 2 wrong use or unusable input (one sentence on standard error).
    """
    use_utf8()
    try:
        status = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except (UserError, Cancelled) as error:
        say_error(str(error) or "Stopped.")
        return WRONG_USE
    except KeyboardInterrupt:
        say_error("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_stdout()
        return NOBODY_LISTENS
    except Exception as error:
        if os.environ.get("CODER_APP_DEBUG"):
            raise
        say_error(
            f"Something in this program went wrong ({type(error).__name__}: {error});"
            " set CODER_APP_DEBUG=1 to see where."
        )
        return WRONG_USE
    return status


def _run(arguments: list[str]) -> int:
    from coder_app.cli.arguments import parse

    try:
        chosen = parse(arguments)
    except SystemExit as end:  # argparse has said what there is to say
        return end.code if isinstance(end.code, int) else 0
    return int(chosen.run(chosen))


def _let_go_of_stdout() -> None:
    """Keep Python from writing to a closed pipe once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

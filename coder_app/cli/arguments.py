"""The commands and their arguments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from coder_app import __version__
from coder_app.cli import agreement, commands, compare, reference, sharing
from coder_app.cli.output import one_line
from coder_app.core.errors import UserError
from coder_app.core.model import Level, UnitKind

UNITS = tuple(kind.value for kind in UnitKind)
LEVELS = tuple(level.key for level in Level)
KINDS = ("codebook", "quotes", "agreement", "member-check", "audit-trail")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, one_line(f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).") + "\n")


def parse(arguments: list[str]) -> argparse.Namespace:
    """Understand the command line; ``run`` of the result is the function to call with it.

    Raises SystemExit as argparse does, UserError for a project that is not there.
    """
    names, parser = _parser()
    if not arguments or (arguments[0] not in names and not arguments[0].startswith("-")):
        return _window(arguments, names)
    return parser.parse_args(arguments)


def _window(arguments: list[str], names: list[str]) -> argparse.Namespace:
    """No command: the window, on a project or on the welcome page."""
    if len(arguments) > 1:
        raise UserError(f"There is no command “{arguments[0]}”: take one of {', '.join(names)}.")
    project = Path(arguments[0]) if arguments else None
    if project is not None and not project.exists():
        if project.suffix.lower() == ".coder":
            raise UserError(f"There is no project “{project}”.")
        raise UserError(f"There is no command and no project “{arguments[0]}”: see --help.")
    return argparse.Namespace(run=commands.window, project=project, coder="")


def _parser() -> tuple[list[str], _Parser]:
    parser = _Parser(
        prog="coder-app",
        description="Code interview transcripts. Without a command the window opens: coder-app [PROJECT].",
    )
    parser.add_argument("--version", action="version", version=f"coder-app {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for add in (
        _new,
        _import,
        _info,
        _agreement,
        _merge,
        _compare,
        _copy,
        _export,
        _check,
        _reference,
        _demo,
    ):
        add(subparsers)
    return list(subparsers.choices), parser


_Subparsers = argparse._SubParsersAction


def _new(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("new", help="make a new, empty project")
    parser.add_argument("project", type=Path, metavar="PROJECT", help="the file to make (.coder)")
    parser.add_argument("--coder", required=True, metavar="NAME", help="who codes")
    parser.add_argument("--name", metavar="NAME", help="name of the study (default: the file's)")
    parser.set_defaults(run=commands.new)


def _import(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("import", help="import transcripts (txt, md, docx, vtt, srt)")
    _add_project(parser)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--coder", metavar="NAME", help="who imports (needed where there are several coders)")
    parser.set_defaults(run=commands.import_files)


def _info(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("info", help="count what a project holds")
    _add_project(parser)
    _add_json(parser)
    parser.set_defaults(run=commands.info)


def _agreement(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("agreement", help="how far coders agree")
    _add_project(parser)
    _add_comparison(parser)
    parser.add_argument("--round", metavar="NAME", help="measure a round as it was frozen")
    parser.add_argument(
        "--after", action="store_true", help="of a round: agreement after discussion, as it was settled"
    )
    parser.add_argument(
        "--resamples",
        type=int,
        metavar="N",
        help="bootstrap intervals from N resamples (default: 2000 for --xlsx, otherwise none)",
    )
    _add_json(parser)
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="write the Excel workbook as well")
    parser.set_defaults(run=agreement.agreement)


def _merge(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("merge", help="bring colleagues' copies of the project in")
    _add_project(parser)
    parser.add_argument("others", type=Path, nargs="+", metavar="OTHER", help="a colleague's copy (.coder)")
    parser.add_argument("--preview", action="store_true", help="only tell what would come in")
    parser.add_argument(
        "--different-study",
        action="store_true",
        help="also a file that shares no transcript with the project",
    )
    parser.add_argument(
        "--separate-codes",
        action="store_true",
        help="codes of a project without a common origin stay its own, even of the same name and place",
    )
    _add_json(parser)
    parser.set_defaults(run=sharing.merge)


def _compare(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("compare", help="what is different in another copy or a backup")
    _add_project(parser)
    parser.add_argument("other", type=Path, metavar="OTHER", help="the other copy (.coder)")
    _add_json(parser)
    parser.set_defaults(run=compare.compare)


def _copy(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("copy", help="make a copy for independent coding")
    _add_project(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to make (.coder)")
    parser.add_argument("--blind-for", required=True, metavar="NAME", help="who codes in it")
    parser.add_argument(
        "--without-codebook", action="store_true", help="for open coding: leave the codebook out too"
    )
    parser.set_defaults(run=sharing.copy)


def _export(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("export", help=f"write {', '.join(KINDS)}")
    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    _add_project(parser)
    parser.add_argument(
        "out",
        type=Path,
        metavar="OUT",
        help="the file (quotes: .xlsx or .docx), or the folder for member-check",
    )
    _add_comparison(parser)
    parser.set_defaults(run=commands.export)


def _check(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("check", help="is the project file whole?")
    _add_project(parser)
    _add_json(parser)
    parser.set_defaults(run=commands.check)


def _reference(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser(
        "reference", help="compute the published reference cases of the statistics"
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="other cases in the same form")
    _add_json(parser)
    parser.set_defaults(run=reference.reference)


def _demo(subparsers: _Subparsers[_Parser]) -> None:
    parser = subparsers.add_parser("demo", help="make the sample study and run the whole job on it")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--no-window", action="store_true", help="do not open the window on it afterwards")
    parser.set_defaults(run=commands.demo)


def _add_project(parser: _Parser) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT")


def _add_json(parser: _Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _add_comparison(parser: _Parser) -> None:
    parser.add_argument("--coders", nargs="+", metavar="NAME", help="whose codings")
    parser.add_argument(
        "--unit", choices=UNITS, help="what is counted (default: locked meaning units, or turn)"
    )
    parser.add_argument("--level", choices=LEVELS, help="level of the codebook (default: code)")
    parser.add_argument(
        "--threshold", type=float, metavar="SHARE", help="--unit match: overlap / union (default: 0.5)"
    )
    parser.add_argument(
        "--unit-min-chars", type=int, metavar="N", help="characters of a unit a code covers (default: 1)"
    )
    parser.add_argument("--documents", nargs="+", metavar="TITLE", help="transcripts (default: all)")
    parser.add_argument(
        "--include-unfinished", action="store_true", help="also transcripts that not all coders finished"
    )
    parser.add_argument("--interviewer-turns", action="store_true", help="count the interviewer's words too")

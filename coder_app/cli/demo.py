"""``demo``: make the sample study in a folder and run the whole job on it, telling what was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.cli.output import say, say_table
from coder_app.core.errors import UserError
from coder_app.formats.output import explained

if TYPE_CHECKING:
    from coder_app.project.project import Project

PROJECT = "peer-support.coder"
FILES = ("codebook.xlsx", "quotes.xlsx", "quotes.docx", "agreement.xlsx", "audit-trail.xlsx")
MEMBER_CHECK = "member-check"


def run(folder: Path) -> Path:
    """Make the project file and every export in ``folder``; returns the project's path.

    What an earlier run made there is made anew; nothing else in the folder is touched. Raises
    UserError where the folder cannot be written or the project is open.
    """
    from coder_app.cli.commands import say_info
    from coder_app.formats import exports
    from coder_app.formats.sample import build_sample
    from coder_app.project.project import Project

    path = folder / PROJECT
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    _make_room(path)
    build_sample(path)
    say(f"Made the sample study in {folder}")
    say()
    with Project.open(path, read_only=True) as project:
        image = project.snapshot()
    made = [path]
    with Project.from_snapshot(image) as project:
        say_info(project)
        for name in FILES:
            made += exports.export(Path(name).stem, project, folder / name)
        made += exports.export("member-check", project, folder / MEMBER_CHECK)
        _say_agreement(project)
    say()
    rows = [(str(file.relative_to(folder)), f"{file.stat().st_size:,} bytes") for file in made]
    say_table(rows, right=[1])
    return path


def _make_room(path: Path) -> None:
    """Remove the project of an earlier run, and only that.

    Raises UserError where what stands there is not a project, or is open.
    """
    from coder_app.project.project import Project

    if not path.exists():
        return
    with Project.open(path) as project:
        if project.read_only:
            raise UserError(
                f"“{path.name}” from an earlier run cannot be replaced: {project.read_only_reason}"
            )
        project.back_up("before it was made anew")  # somebody may have coded in it
    with explained(path):
        path.unlink()


def _say_agreement(project: Project) -> None:
    """The agreement of everybody who coded, in the form of the command ``agreement``."""
    from coder_app.cli.agreement import say_result
    from coder_app.project.comparing import Choice, compare_project

    say()
    say_result(compare_project(project, Choice(())), project.level_names())

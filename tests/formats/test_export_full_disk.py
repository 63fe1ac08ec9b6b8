"""Exports to a full disk: one sentence, nothing on stderr behind it, nothing left."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from coder_app.project.project import Project

KINDS = {"codebook": "codebook.xlsx", "quotes": "quotes.xlsx", "quotes in Word": "quotes.docx"}


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project with a quote."""
    document, code = project.documents.all()[0].guid, project.codes.tree().named("Shared experience")[0].guid
    project.codings.apply(document, 0, 9, code)
    assert project.path is not None
    project.close()
    return project.path


@pytest.mark.parametrize("room", [0, 3_000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_once(study: Path, tmp_path: Path, kind: str, room: int) -> None:
    """In a process of its own, where a limit on the size of files stands in for a disk of ``room`` bytes."""
    resource = pytest.importorskip("resource")
    assert resource.RLIMIT_FSIZE
    out = tmp_path / "out" / KINDS[kind]
    script = f"""
        import gc, resource, signal, sys
        from pathlib import Path
        from coder_app.core.errors import UserError
        from coder_app.formats.exports import export
        from coder_app.project.project import Project

        out = Path({str(out)!r})
        with Project.open(Path({str(study)!r}), read_only=True) as project:
            with Project.from_snapshot(project.snapshot()) as snapshot:
                sys.dont_write_bytecode = True  # Python keeps half a module as if it were whole
                resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, resource.RLIM_INFINITY))
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                try:
                    export({kind.split()[0]!r}, snapshot, out)
                except UserError as error:
                    sys.stdout.buffer.write(str(error).encode())
                gc.collect()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, check=True, timeout=120
    )
    assert done.stdout.decode() in (
        f"The disk is full: “{out.name}” was not written.",
        f"“{out.name}” was not written: there is no room for temporary files. Is the disk full?",
    )
    assert done.stderr == b""
    assert list(out.parent.iterdir()) == []

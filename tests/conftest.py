"""What all tests share: a home of their own, a small project, the folder of real samples."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import INTERVIEW, SECOND, kept
from hypothesis import HealthCheck, settings

from coder_app.core.model import Level
from coder_app.project.project import Project

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):  # every process the tests start would compile everything
    compiled = tempfile.TemporaryDirectory(prefix="coder-app-compiled-")  # gone when the tests end
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = compiled.name
    sys.dont_write_bytecode = False

gc.set_threshold(50_000, 20, 20)  # looking for circles every 700 objects takes a seventh of the whole time

EXAMPLES = int(os.environ.get("CODER_APP_EXAMPLES", "35"))
"""How many examples a property is tried on; ``.ci/run`` asks for more in a part of its own."""

settings.register_profile(
    "calm", deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("calm")  # no test asserts a time, not even unasked


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and backups of each test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CODER_APP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """What was to be deleted later is deleted after each test: no event loop of the program does it here.

    Otherwise the windows of all tests live on together, and each one makes the next slower.
    """
    yield
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real transcripts, subtitles and documents, where they lie beside the project."""
    folder = Path(__file__).parents[2] / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the folder of real samples is not beside the project")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A small project: two transcripts, a theme with two codes, coder Ann at work, and Ben."""
    with kept(_small_study, tmp_path / "study.coder") as made:
        yield made


def _small_study(path: Path) -> Project:
    made = Project.create(path, "Small study", "Ann")
    made.documents.add([INTERVIEW, SECOND])
    theme = made.codes.add("Trust", Level.THEME)
    made.codes.add("Not being told", parent=theme)
    made.codes.add("Shared experience", parent=theme)
    made.coders.add("Ben")
    return made

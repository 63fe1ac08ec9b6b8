"""From chosen files to a batch: which files, reading them (in another thread), what the project knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from coder_app.core.errors import UserError
from coder_app.core.transcript import known_labels
from coder_app.formats import readers
from coder_app.project.incoming import digest
from coder_app.project.participants import natural
from coder_app.project.project import Project
from coder_app.ui.tr import QT_TRANSLATE_NOOP
from coder_app.ui.transcripts.batch import Batch, ImportFile, mark_twins

KIND_NAMES = {
    "Text": QT_TRANSLATE_NOOP("Import", "Text"),
    "Markdown": QT_TRANSLATE_NOOP("Import", "Markdown"),
    "Word": QT_TRANSLATE_NOOP("Import", "Word"),
    "Subtitles": QT_TRANSLATE_NOOP("Import", "Subtitles"),
}


def kinds_in_words() -> str:
    """The kinds of files that can be read, for people: “Text (.txt) · Word (.docx) …”."""
    parts = []
    for name, endings in readers.KINDS:
        shown = QCoreApplication.translate("Import", KIND_NAMES.get(name, name))
        parts.append(f"{shown} ({', '.join(endings)})")
    return " · ".join(parts)


def file_filter() -> str:
    """The filter of the dialog that asks for files."""
    every = " ".join(f"*{ending}" for ending in readers.SUPPORTED)
    lines = [QCoreApplication.translate("Import", "Transcripts") + f" ({every})"]
    for name, endings in readers.KINDS:
        shown = QCoreApplication.translate("Import", KIND_NAMES.get(name, name))
        lines.append(f"{shown} ({' '.join(f'*{ending}' for ending in endings)})")
    return ";;".join([*lines, QCoreApplication.translate("Import", "All files") + " (*)"])


def expanded(paths: Iterable[Path]) -> list[Path]:
    """The files to read: each once, folders opened (one level), by name with 2 before 10."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            try:
                inside = [file for file in path.iterdir() if readers.is_supported(file) and file.is_file()]
            except OSError:
                inside = [path]  # reading it will say why it cannot be opened
            found.update(dict.fromkeys(inside))
        else:
            found[path] = None
    return sorted(found, key=lambda path: (natural(path.name), str(path)))


def read_one(path: Path, encoding: str | None = None) -> ImportFile:
    """A file with what was found in it, or with the sentence that says why it cannot be read."""
    try:
        read = readers.read(path, encoding=encoding)
    except UserError as error:
        return ImportFile(path, encoding=encoding or "", problem=str(error), wanted=False)
    sha256 = digest(read.found.text)
    return ImportFile(path, read.title, read.date, read.encoding, tuple(read.notes), read.found, sha256)


def read_all(paths: Sequence[Path], *, progress: Callable[[int, int], None]) -> list[ImportFile]:
    """Read a batch; ``progress(done, total)`` may raise Cancelled between two files."""
    files = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        files.append(read_one(path))
    progress(len(paths), len(paths))
    return files


def make_batch(project: Project, files: Sequence[ImportFile]) -> Batch:
    """The batch with all that can be proposed from the files and from what the project knows."""
    labels = {person.guid: person.label for person in project.participants.all()}
    mark_twins(files, _titles_of_same_text(project, files))
    return Batch(files, list(labels.values()), _known_speakers(project, labels))


def mark_twin(project: Project, batch: Batch, old: ImportFile, new: ImportFile) -> None:
    """Note whether ``new``, another reading of ``old``, holds a text that is there already."""
    titles = _titles_of_same_text(project, [new])
    for other in batch.files:
        if other is not old and other.found is not None:
            titles.setdefault(other.found.text, other.title)
    mark_twins([new], titles)


def _titles_of_same_text(project: Project, files: Sequence[ImportFile]) -> dict[str, str]:
    known = project.documents.titles_by_text()
    return {
        file.found.text: known[file.sha256]
        for file in files
        if file.found is not None and file.sha256 in known
    }


def _known_speakers(project: Project, labels: dict[str, str]) -> dict[str, str]:
    """Speaker's name -> participant's label, where all transcripts of the project agree on it."""
    return known_labels(
        (speaker.name, labels[speaker.participant])
        for speakers in project.documents.all_speakers().values()
        for speaker in speakers
        if speaker.participant in labels
    )

"""Reading 50 transcripts of 200 turns and 10,000 words beside what any reader must do; run by hand.

python tests/benchmarks/bench_import.py
"""

from __future__ import annotations

import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import docx
from lxml import etree

from coder_app.core.transcript import proposed_choices
from coder_app.formats.readers import read, read_many
from coder_app.project.project import Project

FILES, TURNS = 50, 200
WORDS = str.split(
    "the of and support ward people really think something because never hospital family work colleagues"
    " difficult trust talked about what she was allowed to see when nobody told me so we laughed"
)


def turns(seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    made = []
    for number in range(TURNS):
        length = 8 if number % 2 == 0 else 92
        words = " ".join(chance.choice(WORDS) for _ in range(length)).capitalize()
        made.append(("Interviewer", f"{words}?") if number % 2 == 0 else (f"P{seed}", f"{words}."))
    return made


def write(folder: Path) -> tuple[list[Path], list[Path]]:
    texts, documents = [], []
    for number in range(FILES):
        said = turns(number)
        text = folder / f"interview {number}.txt"
        text.write_text("\n\n".join(f"{name}: {words}" for name, words in said), encoding="utf-8")
        texts.append(text)
        document = docx.Document()
        for name, words in said:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(words)
        documents.append(folder / f"interview {number}.docx")
        document.save(str(documents[-1]))
    return texts, documents


def parse_xml(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        etree.fromstring(package.read("word/document.xml"))


def parse_docx(path: Path) -> None:
    for paragraph in docx.Document(str(path)).paragraphs:
        assert paragraph.text


def best(action: Callable[[Path], object], paths: list[Path]) -> float:
    """Seconds for all files, the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = perf_counter()
        for path in paths:
            action(path)
        rounds.append(perf_counter() - start)
    return min(rounds)


def whole(paths: list[Path], project: Path) -> float:
    """Seconds from the files to the project file on disk, the best of three rounds."""
    rounds = []
    for _ in range(3):
        project.unlink(missing_ok=True)
        with Project.create(project, "Import", "Coder") as study:
            start = perf_counter()
            files, refused = read_many(paths)
            choices = proposed_choices([file.found for file in files])
            study.documents.add([file.document(choice) for file, choice in zip(files, choices, strict=True)])
            rounds.append(perf_counter() - start)
            assert not refused
    return min(rounds)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts, documents = write(Path(folder))
        decoding = best(lambda path: path.read_bytes().decode(), texts)
        text = best(read, texts)
        xml = best(parse_xml, documents)
        library = best(parse_docx, documents)
        word = best(read, documents)
        project = Path(folder) / "import.coder"
        whole_text, whole_word = whole(texts, project), whole(documents, project)
    finding = text - decoding
    print(f"{FILES} transcripts of {TURNS} turns, seconds for all of them")
    print(
        f"whole import to disk, txt:  {whole_text:.3f}, aim under 0.5 ({whole_text / text:.2f} times reading)"
    )
    print(
        f"whole import to disk, docx: {whole_word:.3f} ({whole_word / library:.2f} times python-docx alone,"
    )
    print(f"      {whole_word / word:.2f} times our own reading, aim at most 1.5)")
    print(f"txt:  {text:.3f}, aim under 0.5; decoding alone {decoding:.3f}, finding turns {finding:.3f}")
    print(f"docx: {word:.3f}; python-docx alone {library:.3f} ({word / library:.2f} times, aim at most 1.5)")
    print(f"      unpacking and parsing the XML alone {xml:.3f}; without finding turns "
          f"{(word - finding) / xml:.2f} times that")  # fmt: skip


if __name__ == "__main__":
    main()

"""Agreement workbooks for tests: writing one, a third coder, a settled round, and every formula computed."""

from __future__ import annotations

from pathlib import Path

from formulas import Evaluator
from openpyxl import load_workbook
from studies import code_words

from coder_app.core.model import Division, Status, Verdict
from coder_app.core.settling import result_of
from coder_app.formats.agreement_book import write_agreement
from coder_app.project.comparing import Choice, Compared, compare_project, compare_sources, worklist
from coder_app.project.consensus import Decision
from coder_app.project.project import Project


def third_coder(project: Project) -> str:
    """Cleo, who finished everything."""
    cleo = project.coders.add("Cleo =1")
    project.coders.switch(cleo)
    code_words(project, "Interview P1", "Nobody told me. I felt", "Guest")
    code_words(project, "Interview P2", "I was against it.", "Free one")
    for document in project.documents.all():
        project.documents.set_status(document.guid, Status.FINISHED)
    return cleo


def with_meaning_units(project: Project) -> None:
    """Every turn of every transcript a locked meaning unit."""
    documents = [document.guid for document in project.documents.all()]
    project.meaning_units.make(documents, Division.TURN)
    project.meaning_units.set_locked(documents, True)


def settled_round(project: Project, choice: Choice) -> str:
    """A round in which all disagreements are settled in turn: all codes, the first version, none."""
    guid = project.rounds.make(project.rounds.free_name(), choice)
    compared = compare_sources(project.rounds.sources(guid), project.rounds.choice(guid))
    first = compared.gathered.coders[0].guid
    verdicts = (Verdict.BOTH, Verdict.TAKE, Verdict.NEITHER, Verdict.DISCUSS)
    decisions = []
    for number, item in enumerate(item for item in worklist(compared) if not item.alike):
        verdict = verdicts[number % len(verdicts)]
        taken = first if verdict is Verdict.TAKE else ""
        spans = result_of(item, verdict, taken)
        decisions.append(Decision(*item.place, verdict, spans, taken, f"reason {number}"))
    project.consensus.settle_many(guid, decisions)
    return guid


def write(project: Project, out: Path, choice: Choice, resamples: int = 0) -> Compared:
    """Write the workbook of a choice; returns what was compared."""
    compared = compare_project(project, choice, resamples=resamples)
    write_agreement(project, out, compared)
    return compared


def check_formulas(path: Path) -> int:
    """Every formula computes, and every difference is 0; returns how many figures were recomputed."""
    book = load_workbook(path)
    evaluator = Evaluator(book)
    recomputed = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = evaluator.value(sheet.title, cell.coordinate)
                    if "differs" in str(cell.value):
                        assert value == 0, (sheet.title, cell.coordinate, value)
                        recomputed += 1
    return recomputed

"""What is known of two that look alike, side by side in words, so that one can tell whether they are one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from coder_app.core.codetree import Codebook
from coder_app.core.model import Participant
from coder_app.project.codes import DEFINITION_FIELDS
from coder_app.project.merge_report import Alike
from coder_app.project.names import field_words
from coder_app.project.project import Project
from coder_app.ui.sharing.report_model import isolated


def known_of(project: Project, alike: Alike) -> str:
    """Lines on the one that was here and the one that came in, as far as they are there."""
    if alike.kind == "code":
        tree = project.codes.tree()
        told = [_code(tree, guid) if guid in tree else "" for guid in (alike.one, alike.other)]
    elif alike.kind == "participant":
        people = {person.guid: person for person in project.participants.all()}
        told = [_participant(people[guid]) if guid in people else "" for guid in (alike.one, alike.other)]
    else:
        return ""
    titles = tr("Was here: {it}"), tr("Came in: {it}")
    return "\n".join(title.format(it=it) for title, it in zip(titles, told, strict=True) if it)


def _code(tree: Codebook, guid: str) -> str:
    """Where a code is, and how it is defined."""
    parts = [isolated(" › ".join(node.name for node in tree.path(guid)))]
    definition = tree[guid].definition
    for field in DEFINITION_FIELDS:
        value = getattr(definition, field)
        if value:
            name = field_words("code", field)
            parts.append(tr("{field}: {value}").format(field=name, value=isolated(" ".join(value.split()))))
    if len(parts) == 1:
        parts.append(tr("not defined"))
    return "; ".join(parts)


def _participant(person: Participant) -> str:
    known = {tr("pseudonym"): person.pseudonym, **person.attributes}
    parts = [isolated(person.label)]
    parts += [
        tr("{field}: {value}").format(field=isolated(field), value=isolated(value))
        for field, value in known.items()
        if value
    ]
    return "; ".join(parts)


def tr(text: str) -> str:
    return QCoreApplication.translate("MergeReport", text)

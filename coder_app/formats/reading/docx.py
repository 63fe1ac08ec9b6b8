"""A Word document as an untrusted package: opened, checked and parsed; ``docx_words`` takes the words out.

Reading the XML here instead of through python-docx opens ISO strict documents too and takes a third of the
time. Nothing is unpacked to disk, no entity, DTD or network address is followed, and sizes are limited
before and while reading.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from lxml import etree

from coder_app.core.errors import UserError
from coder_app.formats.reading.docx_words import words_of
from coder_app.formats.reading.files import checked_size, shown

FILE_LIMIT = 300 * 1024 * 1024
"""Bytes of the whole file, pictures included."""
PART_LIMIT = 100 * 1024 * 1024
"""Bytes of the unpacked text; a 10,000-word interview has about one million."""
_PACKED_RATIO = 250
"""XML that Word writes shrinks to about a tenth, hardly ever below a fiftieth."""
_RATIO_FROM = 4 * 1024 * 1024
_MEMBERS = 20_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read_docx(path: Path) -> tuple[str, list[str]]:
    """(text, remarks): each paragraph a line, tables cell by cell; the text is not normalised yet.

    Raises UserError for whatever is no sound, harmless Word document.
    """
    name = shown(path)
    checked_size(path, FILE_LIMIT)
    try:
        with path.open("rb") as file:
            _refuse_ole(file, name)
            with zipfile.ZipFile(file) as package:
                _check_members(package, name)
                xml = _part(package, _main_part(package, name), name)
    except PermissionError:
        raise UserError(f"{name} cannot be opened: you have no permission to read it.") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        ValueError,
        KeyError,
    ):
        raise UserError(f"{name} is damaged or not a Word document.") from None
    except OSError as error:
        raise UserError(f"{name} could not be read: {error.strerror or error}.") from None
    words = words_of(_parsed(xml, name), name)
    if words is None:
        raise UserError(f"{name} is not a Word document.")
    return words


def _refuse_ole(file: IO[bytes], name: str) -> None:
    """Encrypted documents and Word files before 2007 are both OLE containers."""
    head = file.read(8)
    if head == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in file.read(16 * 1024 * 1024):
            raise UserError(f"{name} is protected by a password; save it without one and try again.")
        raise UserError(f"{name} is a Word file of the old kind (.doc); save it as .docx and try again.")
    file.seek(0)


def _check_members(package: zipfile.ZipFile, name: str) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if len(names) > _MEMBERS or len(set(names)) < len(names) or any(map(_leads_out, names)):
        raise UserError(f"{name} is not packed as a Word document is and was not opened.")
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _check_size(member, name)


def _leads_out(member: str) -> bool:
    return (
        ".." in member.replace("\\", "/").split("/")
        or member.startswith(("/", "\\"))
        or ":" in member
        or "\0" in member
    )


def _check_size(member: zipfile.ZipInfo, name: str) -> None:
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > PART_LIMIT or (member.file_size > _RATIO_FROM and ratio > _PACKED_RATIO):
        raise UserError(f"{name} would become far too large when unpacked and was not opened.")


def _part(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    """The unpacked bytes of one part; the size its header tells is not believed."""
    member = package.getinfo(part)
    if member.flag_bits & 0x1:
        raise UserError(f"{name} is protected by a password; save it without one and try again.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UserError(f"{name} is not packed as a Word document is and was not opened.")
    _check_size(member, name)
    with package.open(member) as file:
        data = file.read(PART_LIMIT + 1)
    if len(data) > PART_LIMIT:
        raise UserError(f"{name} would become far too large when unpacked and was not opened.")
    return data


def _main_part(package: zipfile.ZipFile, name: str) -> str:
    """Where the text is: as the package's relationships tell, else where Word puts it."""
    if "_rels/.rels" in package.namelist():
        root = _parsed(_part(package, "_rels/.rels", name), name)
        for link in root.iter(f"{{{_PACKAGE}}}Relationship"):
            target = (link.get("Target") or "").lstrip("/")
            if (link.get("Type") or "").endswith("/officeDocument") and target in package.NameToInfo:
                return target
    if "word/document.xml" not in package.NameToInfo:
        raise UserError(f"{name} is not a Word document.")
    return "word/document.xml"


def _parsed(xml: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in xml[:65536] or b"<!ENTITY" in xml:
        raise UserError(f"{name} holds definitions that no Word document has and was not opened.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise UserError(f"{name} is damaged: its text cannot be read.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError(f"{name} holds definitions that no Word document has and was not opened.")
    return root

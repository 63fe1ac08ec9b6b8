"""From bytes to text: which encoding a file is written in, found without asking where it can be.

Order: byte order marks; UTF-16 without one; UTF-8 (which other encodings hardly ever form by chance);
CP949 (Korean) where nearly all of it turns into Hangul; Windows-1252 and Latin-1 for texts with a few
accented letters; what is left is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re

from coder_app.core.errors import UserError
from coder_app.formats.reading.files import known_kind

ENCODINGS: dict[str, str] = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "CP949": "cp949",
    "Windows-1252": "cp1252",
    "Latin-1": "latin-1",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Windows-1254": "cp1254",
    "Windows-1255": "cp1255",
    "Windows-1256": "cp1256",
    "GB18030": "gb18030",
    "Big5": "big5",
    "Shift-JIS": "cp932",
    "EUC-JP": "euc_jp",
    "Mac Roman": "mac_roman",
}
"""Names to choose from -> Python's codecs."""

_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ACCENTED = re.compile(rb"[\xc0-\xff]")
_IN_A_ROW = re.compile(rb"[\xc0-\xff]{2}")
_DISGUISED = re.compile(rb"(?<=[A-Za-z])[\xb1\xb3\xb6\xb9\xbc\xbe\xbf](?=[A-Za-z])")
_C1 = re.compile(rb"[\x80-\x9f]")
_NOT_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_SYLLABLE = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_SAMPLE = 200_000
_UNREADABLE = "holds no readable text; it is probably another kind of file with a wrong name."


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, str]:
    """(text, name of the encoding, remark or empty); ``name`` is the file's name for sentences.

    ``encoding`` is one chosen by a person: a name of ``ENCODINGS`` or of a Python codec. Raises UserError
    for what is no text or not in the chosen encoding.
    """
    kind = known_kind(data)
    if kind is not None:
        raise UserError(f"{name} is {kind}, not a text file.")
    if encoding is not None:
        return _as_chosen(data, name, encoding), encoding, ""
    text, label, remark = _by_mark(data, name) or _without_mark(data, name)
    if not text.isascii() and len(_CONTROL_CHARACTERS.findall(text)) > max(2, len(text) // 200):
        raise UserError(f"{name} {_UNREADABLE}")
    return text, label, remark


def _as_chosen(data: bytes, name: str, encoding: str) -> str:
    try:
        text = str(data, ENCODINGS.get(encoding, encoding))
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeError):
            raise UserError(f"{name} is not written in {encoding}; choose another encoding.") from None
        raise UserError(f"“{encoding}” is not an encoding this program knows.") from None
    if "\0" in text and text.count("\0") > len(text) // 10:
        raise UserError(f"{name} is not written in {encoding}; choose another encoding.")
    return text


def _by_mark(data: bytes, name: str) -> tuple[str, str, str] | None:
    """By byte order mark; the longer marks first, as that of UTF-32 begins like that of UTF-16."""
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
        (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    )
    for mark, codec, label in marks:
        if data.startswith(mark):
            text = str(data, codec, "replace")
            return text, label, _damage(text, name)
    return None


def _damage(text: str, name: str) -> str:
    """A remark on characters that could not be read; UserError where they are more than a few."""
    damaged = text.count("\ufffd")
    if damaged > max(3, len(text) // 100):
        raise UserError(f"{name} is damaged or in an encoding that could not be recognised.")
    if not damaged:
        return ""
    places = "One damaged character is" if damaged == 1 else f"{damaged} damaged characters are"
    return f"{places} shown as \ufffd."


def _without_mark(data: bytes, name: str) -> tuple[str, str, str]:
    wide = _utf16(data)
    if wide is not None:
        return wide, "UTF-16", ""
    if len(data) - len(data.translate(None, _CONTROL)) > max(2, len(data) // 200):
        raise UserError(f"{name} {_UNREADABLE}")
    try:
        return str(data, "utf-8"), "UTF-8", ""
    except UnicodeDecodeError:
        return _not_utf8(data, name)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, where it is evident: line breaks and spaces as pairs with a NUL."""
    if len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = str(data, codec)
        except UnicodeDecodeError:
            continue
        common = sum(text.count(char) for char in " \n\r\t")
        if common >= max(1, len(text) // 100) and not _CONTROL_CHARACTERS.search(text[:_SAMPLE]):
            return text
        if text.isascii() and text.isprintable():
            return text
    return None


def _not_utf8(data: bytes, name: str) -> tuple[str, str, str]:
    rough = str(data, "utf-8", "replace")
    broken = rough.count("\ufffd")
    whole = len(_NOT_ASCII.findall(rough)) - broken
    if whole >= 20 * broken:
        return rough, "UTF-8", _damage(rough, name)
    korean = _korean(data)
    if korean is not None:
        return korean, "CP949", _damage(korean, name)
    if _looks_western(data):
        return str(data, "cp1252"), "Windows-1252" if _C1.search(data) else "Latin-1", ""
    return _guessed(data, name)


def _looks_western(data: bytes) -> bool:
    """Accented letters one by one among plain ones, as in western European languages, and no sign that is
    a letter of another alphabet in disguise ("³" inside words is the Polish ł of Windows-1250)."""
    accented = len(_ACCENTED.findall(data))
    in_a_row = len(_IN_A_ROW.findall(data))
    disguised = len(_DISGUISED.findall(data))
    return in_a_row <= 1 + accented // 10 and disguised <= accented // 20 and not _NOT_IN_1252.search(data)


def _korean(data: bytes) -> str | None:
    """Text in CP949 where nearly all that is not ASCII is one of the 2,350 usual syllables."""
    text = str(data, "cp949", "replace")
    foreign = len(_NOT_ASCII.findall(text))
    fits = text.count("\ufffd") <= 1 + foreign // 500
    return text if fits and len(_SYLLABLE.findall(data)) >= 0.8 * foreign else None


def _guessed(data: bytes, name: str) -> tuple[str, str, str]:
    import charset_normalizer  # only here: few files need it, and loading it takes longer than reading them

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    codec = best.encoding if best is not None else "latin-1"
    text = str(data, codec, "replace")
    if best is None and _CONTROL_CHARACTERS.search(text):
        raise UserError(f"The encoding of {name} could not be recognised; save it as UTF-8 and try again.")
    label = next(
        (label for label, known in ENCODINGS.items() if codecs.lookup(known) == codecs.lookup(codec)), codec
    )
    return text, label, _damage(text, name) or f"The encoding was guessed ({label}); check the letters."

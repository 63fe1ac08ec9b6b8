"""Word documents: their words, and packages that are not to be trusted."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.core.errors import UserError
from coder_app.formats.readers import read
from coder_app.formats.reading.docx import PART_LIMIT, read_docx

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def document(body: str, namespace: str = TRANSITIONAL, before: str = "") -> bytes:
    root = f'<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}{root}'.encode()


def package(path: Path, xml: bytes, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def words(tmp_path: Path, body: str, namespace: str = TRANSITIONAL) -> str:
    return read_docx(package(tmp_path / "x.docx", document(body, namespace)))[0]


def p(*runs: str, mark: str = "") -> str:
    properties = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("one "), r("line")) + p() + p(r("two")), "one line\n\ntwo"),
        (
            p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>"),
            "a\tb\nc\nd",
        ),
        (
            p(
                '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>',
                r("a"),
                '<w:r><w:br w:type="page"/></w:r>',
            ),
            "a",
        ),
        (p("<w:r><w:t>a\n b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/></w:r>"), "a  b\u2011c\u00ad"),
        (
            p(
                r("kept "),
                f"<w:ins>{r('new')}</w:ins>",
                "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
            ),
            "kept new",
        ),
        (p(f"<w:moveFrom>{r('from')}</w:moveFrom>", f"<w:moveTo>{r('to')}</w:moveTo>"), "to"),
        (p(r("one "), mark="<w:del/>") + p(r("paragraph")), "one paragraph"),
        (p(r("seen"), r("hidden", "<w:vanish/>"), r("!", '<w:vanish w:val="0"/>')), "seen!"),
        (
            p(
                r("a"),
                "<w:r><w:instrText>PAGE</w:instrText></w:r>",
                f"<w:hyperlink>{r('link')}</w:hyperlink>",
            ),
            "alink",
        ),
        (f"<w:sdt><w:sdtContent>{p(r('in a field'))}</w:sdtContent></w:sdt>", "in a field"),
        (
            p(f"<w:r><w:ruby><w:rt>{r('kana')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"),
            "漢",
        ),
        (
            f"{p(r('above'))}<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b'))}{p(r('b2'))}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('gone'))}</w:tc></w:tr>"
            f"<w:tr><w:tc>{p(r('c'))}</w:tc></w:tr></w:tbl>{p(r('below'))}",
            "above\na\nb\nb2\nc\nbelow",
        ),
        (
            p(
                r("around "),
                "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                f"{p(r('box 1'))}{p(r('box 2'))}</w:txbxContent></mc:Choice>"
                f"<mc:Fallback><w:txbxContent>{p(r('copy'))}</w:txbxContent></mc:Fallback>"
                "</mc:AlternateContent></w:r>",
                r("the box"),
            )
            + p(r("after")),
            "around the box\nbox 1\nbox 2\nafter",
        ),
    ],
)
def test_words(tmp_path: Path, body: str, expected: str, namespace: str) -> None:
    assert words(tmp_path, body, namespace) == expected


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    body = p(
        r("a"), '<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:commentReference w:id="1"/></w:r>' * 2
    )
    path = package(tmp_path / "x.docx", document(body))
    assert read_docx(path) == ("a", ["1 footnote was left out.", "2 comments were left out."])
    assert read(path).notes == ("1 footnote was left out.", "2 comments were left out.")


def test_tables_are_told(tmp_path: Path) -> None:
    cell = f"<w:tc>{p(r('a'))}</w:tc>"
    table = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    nested = f"<w:tbl><w:tr><w:tc>{table}{p()}</w:tc></w:tr></w:tbl>"
    deleted = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell}</w:tr></w:tbl>"
    told = "The table in “x.docx” was read as text, cell by cell."
    for body, notes in [
        (p(r("a")), ()),
        (table, (told,)),
        (nested, (told,)),
        (p(r("a")) + deleted, ()),
        (table + p() + nested, ("The 2 tables in “x.docx” were read as text, cell by cell.",)),
    ]:
        assert read(package(tmp_path / "x.docx", document(body))).notes == notes


def test_a_document_as_word_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "talk 2024-03-12.docx"
    written = docx.Document()
    for name, said in [
        ("Interviewer", "Why?"),
        ("Eva", "Because 😀."),
        ("Interviewer", "And?"),
        ("Eva", "No."),
    ]:
        paragraph = written.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(said)
    written.save(str(path))
    file = read(path)
    assert [speaker.name for speaker in file.found.speakers] == ["Interviewer", "Eva"]
    assert [file.text[turn.body : turn.end] for turn in file.found.turns] == [
        "Why?",
        "Because 😀.",
        "And?",
        "No.",
    ]
    assert (file.date, file.encoding) == ("2024-03-12", "")


def test_times_of_a_teams_transcript(samples: Path) -> None:
    file = read(samples / "docs" / "docx" / "teams-transcript.docx")
    assert [turn.seconds for turn in file.found.turns] == [0.0, 3.27]


# Bad packages


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
    return sentence


def test_broken_packages(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    good = package(tmp_path / "good.docx", document(p(r("words " * 500)))).read_bytes()
    for content in (
        b"only words",
        good[:100],
        good[: len(good) // 2],
        good[:-30],
        b"PK\x05\x06" + b"\0" * 18,
    ):
        path.write_bytes(content)
        assert "damaged or not a Word" in refusal(path) or "is not a Word document" in refusal(path)
    flipped = bytearray(good)
    flipped[60] ^= 0xFF
    path.write_bytes(bytes(flipped))
    assert "damaged" in refusal(path)


def test_other_things_inside(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "is not a Word document" in refusal(path)
    assert "is not a Word document" in refusal(package(path, b"<html/>"))
    assert "is not a Word document" in refusal(package(path, document("", "urn:other")))
    assert "damaged" in refusal(package(path, document(p(r("a")))[:-9]))
    assert "holds no text" in refusal(package(path, document(p() + p(r(" ")))))


def test_encrypted_and_old(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    assert "password" in refusal(path)
    path.write_bytes(ole)
    assert ".doc" in refusal(path)
    data = bytearray(package(path, document(p(r("a")))).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        data[at + offset] |= 1
    path.write_bytes(bytes(data))
    assert "password" in refusal(path)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE w:document SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE w:document [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        "<!-- " + "x" * 70_000 + ' --><!DOCTYPE w:document [<!ENTITY a "b">]>',
        "<!-- " + "x" * 70_000 + ' --><!DOCTYPE w:document SYSTEM "x.dtd">',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities(tmp_path: Path, before: str, codec: str) -> None:
    xml = document(p(r("&file;" if "file" in before else "a")), before=before).decode()
    path = package(tmp_path / "entities.docx", xml.replace("UTF-8", codec).encode(codec))
    assert "no Word document has" in refusal(path)


def test_entities_in_the_relationships(tmp_path: Path) -> None:
    rels = b'<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>'
    assert "no Word document has" in refusal(
        package(tmp_path / "x.docx", document(p(r("a"))), **{"_rels/.rels": rels})
    )


def test_a_bomb_that_tells_its_size(tmp_path: Path) -> None:
    assert "too large" in refusal(package(tmp_path / "bomb.docx", document(p(r("a" * (6 * 1024 * 1024))))))
    assert "too large" in refusal(
        package(tmp_path / "x.docx", document(p(r("a"))), **{"word/styles.xml": b"0" * 5_000_000})
    )


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "liar.docx"
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = (
        b"".join(squeeze.compress(b"a" * 1024 * 1024) for _ in range(PART_LIMIT // 1024 // 1024 + 5))
        + squeeze.flush()
    )
    name = b"word/document.xml"
    sizes = struct.pack("<III", 0, len(packed), 1000)
    local = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    path.write_bytes(local + packed + central + end)
    assert "damaged" in refusal(path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:/x", "word/../../x"])
def test_members_that_lead_out(tmp_path: Path, name: str) -> None:
    assert "not packed as" in refusal(package(tmp_path / "x.docx", document(p(r("a"))), **{name: b"x"}))


def test_two_texts_and_strange_packing(tmp_path: Path) -> None:
    path = tmp_path / "two.docx"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", document(p(r("a"))))
        archive.writestr("word/document.xmk", document(p(r("b"))))
    path.write_bytes(buffer.getvalue().replace(b"document.xmk", b"document.xml"))
    assert "not packed as" in refusal(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", document(p(r("a"))))
    assert "not packed as" in refusal(path)


def test_deep_nesting(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert "damaged" in refusal(package(tmp_path / "deep.docx", document(deep)))


def test_the_text_may_be_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.docx"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="/text/main.xml" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", rels)
        archive.writestr("text/main.xml", document(p(r("here")), STRICT))
    assert read_docx(path)[0] == "here"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_package_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    good = package(
        tmp_path / "good.docx", document(p(r("words")) * 3), **{"_rels/.rels": b"<x/>"}
    ).read_bytes()
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "bad.docx"
    path.write_bytes(bytes(bad[: data.draw(st.integers(1, len(bad)))]))
    sentence = ""
    try:
        sentence = read(path).text + "."
    except UserError as error:
        sentence = str(error)
    assert sentence.endswith(".")

"""Encodings are found without asking."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.errors import UserError
from coder_app.formats.reading.encodings import ENCODINGS, decoded

ENGLISH = "Ann: Well, it was long ago.\r\nBen: Yes.\r\n"
FRENCH = "Élise : Ça m'a coûté 5 €, c'est « trop » — déjà à Noël…\r\n" * 3
GERMAN = "Jörg: Ärger gab's nur über die Größe.\r\nÄnne: Äußerst schön, das heißt, früher.\r\n"
KOREAN = "면접자: 그때 어떠셨어요?\r\n참여자: 처음에는 많이 힘들었습니다. OK.\r\n" * 2
HEBREW = "מראיין: איך היה?\r\nנועה: היה קשה מאוד בהתחלה, אבל אחר כך התרגלתי לזה.\r\n" * 4
RUSSIAN = "Анна: Это было очень трудно, но потом мы привыкли к этой работе.\r\n" * 4
POLISH = "Łukasz: Było bardzo trudno, żeby się wszyscy zgodzili. Później już tylko myśleliśmy.\r\n" * 3
EMOJI = "Ann: 😀 e\u0301 ʾána\r\n"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (ENGLISH, "ascii", "UTF-8"),
        (FRENCH, "utf-8", "UTF-8"),
        (EMOJI, "utf-8-sig", "UTF-8"),
        (KOREAN, "utf-8", "UTF-8"),
        (ENGLISH, "utf-16", "UTF-16"),
        (EMOJI, "utf-16", "UTF-16"),
        (ENGLISH, "utf-16-le", "UTF-16"),
        (ENGLISH, "utf-16-be", "UTF-16"),
        (KOREAN, "utf-16-le", "UTF-16"),
        (KOREAN, "utf-16-be", "UTF-16"),
        (HEBREW, "utf-16-le", "UTF-16"),
        (ENGLISH, "utf-32", "UTF-32"),
        (KOREAN, "cp949", "CP949"),
        (KOREAN, "euc_kr", "CP949"),
        (FRENCH, "cp1252", "Windows-1252"),
        (GERMAN, "latin-1", "Latin-1"),
        ("café", "latin-1", "Latin-1"),
        ("“Jörg” said – no", "cp1252", "Windows-1252"),
        (POLISH, "cp1250", "Windows-1250"),
        (HEBREW, "cp1255", "Windows-1255"),
        (RUSSIAN, "cp1251", "Windows-1251"),
    ],
)
def test_detected(text: str, codec: str, label: str) -> None:
    data = text.encode(codec)
    found, encoding, _remark = decoded(data, "“x.txt”")
    assert (found.lstrip("\ufeff"), encoding) == (text, label)


def test_a_few_damaged_characters_are_told() -> None:
    data = KOREAN.encode() * 5 + b"\xed\x95" + ENGLISH.encode()
    text, encoding, remark = decoded(data, "“x.txt”")
    assert encoding == "UTF-8"
    assert text.count("\ufffd") == 1
    assert remark == "One damaged character is shown as \ufffd."


def test_many_damaged_characters_are_refused() -> None:
    with pytest.raises(UserError, match="damaged"):
        decoded(b"\xef\xbb\xbf" + b"\xff\xfe words " * 20, "“x.txt”")


@pytest.mark.parametrize("label", ENCODINGS)
def test_each_name_to_choose_is_a_codec(label: str) -> None:
    assert decoded("plain words".encode(ENCODINGS[label]), "“x.txt”", label) == ("plain words", label, "")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf8_is_always_itself(text: str) -> None:
    found, encoding, _ = decoded(("a" + text).encode(), "“x.txt”")
    assert (found, encoding) == ("a" + text, "UTF-8")


def test_the_korean_sample_in_its_old_encoding(samples: Path) -> None:
    text = (samples / "transcripts" / "korean-national-assembly-2013-11-20.txt").read_text(encoding="utf-8")
    kept = "".join(char for char in text if char.encode("cp949", "ignore"))
    assert decoded(kept.encode("cp949"), "“x.txt”")[:2] == (kept, "CP949")

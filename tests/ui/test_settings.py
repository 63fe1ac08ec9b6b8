"""Settings: kept, read back, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder_app.ui.settings import (
    MOST_RECENT,
    ProjectSettings,
    Recent,
    Settings,
    TeamPlace,
    cache_dir,
    config_dir,
)


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    settings = Settings(
        coder_name="Ann 안나", theme="dark", zoom=130, geometry="QUJD", layout={"code": "eA=="}
    )
    settings.add_recent(tmp_path / "a.coder", "A", "2025-01-02T03:04:05")
    study = settings.project("guid")
    study.coder, study.document = "c", "d"
    study.pinned["c"] = ["x", "y"]
    study.positions["d"] = 77
    study.hidden_hints.append("first")
    study.last_codes["c"] = "d"
    study.import_folder = str(tmp_path)
    study.teams[str(tmp_path / "a.coder")] = TeamPlace(str(tmp_path / "synced"), "A - Ann 123abc.team.coder")
    settings.path = tmp_path / "deep" / "settings.json"
    assert settings.save()
    assert Settings.load(settings.path) == settings


def test_the_home_variable_moves_everything(home: Path) -> None:
    assert config_dir() == home / "config"
    assert cache_dir() == home / "cache"
    settings = Settings.load()
    settings.coder_name = "Eve"
    assert settings.save()
    assert Settings.load().coder_name == "Eve"
    assert [path.name for path in (home / "config").iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"text"', b"[" * 100_000],
    ids=["empty", "cut", "list", "null", "bytes", "string", "deep"],
)
def test_a_broken_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert Settings.load(path) == Settings()


def test_values_of_a_wrong_kind_are_left_out_and_the_others_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    data = {
        "coder_name": 3,
        "theme": "pink",
        "zoom": 9000,
        "recent": [{"path": "/a.coder"}, {"name": "no path"}, 7],
        "layout": {"good": "x", "bad": 1},
        "projects": {
            "g": {
                "coder": None,
                "pinned": {"c": [1, "x", *"abcdefghij"], "d": 4},
                "positions": {"d": -1, "e": 5},
            },
            "h": [],
        },
        "unknown": True,
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    settings = Settings.load(path)
    assert (settings.coder_name, settings.theme, settings.zoom) == ("", "system", 300)
    assert settings.recent == [Recent("/a.coder", "a", "")]
    assert settings.layout == {"good": "x"}
    assert settings.projects == {
        "g": ProjectSettings(pinned={"c": ["x", *"abcdefgh"], "d": []}, positions={"e": 5})
    }


def test_a_place_that_cannot_be_written_is_no_disaster(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    settings = Settings(path=file / "settings.json")
    assert not settings.save()
    assert Settings.load(file / "settings.json") == Settings()


def test_a_save_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(coder_name="old", path=tmp_path / "settings.json")
    settings.save()
    settings.coder_name = "new"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert not settings.save()
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    assert Settings.load(tmp_path / "settings.json").coder_name == "old"


def test_team_folders_of_a_wrong_kind_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    teams = {
        "/a": {"folder": "/t", "name": "n"},
        "/b": {"folder": "/t"},
        "/c": 7,
        "/d": {"folder": 1, "name": "n"},
    }
    path.write_text(json.dumps({"projects": {"g": {"teams": teams}, "h": {"teams": []}}}))
    settings = Settings.load(path)
    assert settings.project("g").teams == {"/a": TeamPlace("/t", "n")}
    assert settings.project("h").teams == {}
    assert settings.is_team_folder(Path("/t"))
    assert not settings.is_team_folder(Path("/"))


def test_recent_files_are_few_unique_and_newest_first(tmp_path: Path) -> None:
    settings = Settings()
    for number in range(MOST_RECENT + 5):
        settings.add_recent(tmp_path / f"{number}.coder", str(number), "")
    settings.add_recent(tmp_path / "10.coder", "ten again", "")
    assert len(settings.recent) == MOST_RECENT
    assert [recent.name for recent in settings.recent[:2]] == ["ten again", "16"]
    settings.forget_recent(str(tmp_path / "10.coder"))
    assert settings.recent[0].name == "16"


def test_zoom_stays_in_its_range() -> None:
    settings = Settings()
    settings.set_zoom(5)
    assert settings.zoom == 60
    settings.set_zoom(1000)
    assert settings.zoom == 300


def test_two_open_windows_keep_each_others_settings(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path=path, zoom=110, layout={"gone": "x"}).save()
    one, other = Settings.load(path), Settings.load(path)
    one.project("study").teams["/a.coder"] = TeamPlace("/team", "Study - Ann 3f9a1c.team.coder")
    one.project("study").coder = "ann"
    del one.layout["gone"]
    one.save()
    other.theme = "dark"
    other.project("study").document = "first"
    other.save()
    both = Settings.load(path)
    assert (both.theme, both.zoom, both.layout) == ("dark", 110, {})
    assert both.project("study").coder == "ann"
    assert both.project("study").document == "first"
    assert both.project("study").teams["/a.coder"].folder == "/team"

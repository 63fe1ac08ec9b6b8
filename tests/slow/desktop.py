"""A screen of its own with the true program on it, driven by mouse and keys as a person would.

What is on the screen is read from Xvfb's frame buffer, what is selected through the clipboard. Nothing
waits for a fixed time: every condition is asked until it holds or a deadline has passed.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "xdotool", "openbox", "xclip")
WIDTH, HEIGHT = 1366, 768
PATIENCE = 20.0
"""Seconds after which a condition counts as never coming true."""
BETWEEN = 0.02
"""Seconds between two looks at a condition."""


def missing() -> str:
    """Which of the programs needed are not installed, as a sentence; empty where all are."""
    gone = [name for name in NEEDED if shutil.which(name) is None]
    return f"{', '.join(gone)} not installed" if gone else ""


def wait_for(ask: Callable[[], T | None], what: str | Callable[[], str], seconds: float = PATIENCE) -> T:
    """Ask until the answer is true and return it; when the time is up, fails telling ``what`` is missing."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            missed = what if isinstance(what, str) else what()
            raise AssertionError(f"waited {seconds:.0f} s in vain for {missed}")
        time.sleep(BETWEEN)


NO_KEYS = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<desktops><number>1</number></desktops><keyboard/><theme><keepBorder>yes</keepBorder></theme>
</openbox_config>
"""
"""A window manager that leaves all keys to the program (it would move windows with Alt+Shift+Up)."""


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels of the screen; right and bottom are the last ones inside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def center(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    def grown(self, by: int) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


SCREEN = Box(0, 0, WIDTH - 1, HEIGHT - 1)


class Desktop:
    """An X server, a window manager and, while it runs, the program. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        self.log = folder / "program.log"
        self.program: subprocess.Popen[bytes] | None = None
        self._others: list[subprocess.Popen[bytes]] = []
        self._frame: NDArray[np.uint8] | None = None

    # Starting and ending

    def __enter__(self) -> Desktop:
        try:
            self._start_server()
            rules = self.folder / "rc.xml"
            rules.write_text(NO_KEYS)
            self._spawn(["openbox", "--sm-disable", "--config-file", str(rules)])
            wait_for(self._managed, "the window manager")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for process in ([self.program] if self.program else []) + self._others[::-1]:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._others.clear()
        self.program = None

    def _start_server(self) -> None:
        buffers = self.folder / "screen"
        buffers.mkdir()
        reader, writer = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-fbdir", str(buffers)]
        with open(self.folder / "xvfb.log", "wb") as log:
            self._others.append(
                subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[writer], stdout=log, stderr=log)
            )
        os.close(writer)
        number = _line(reader)
        assert number, "Xvfb did not start: " + (self.folder / "xvfb.log").read_text(errors="replace")
        self.env = {
            **os.environ,
            "DISPLAY": f":{number}",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "CODER_APP_HOME": str(self.home / "coder-app"),
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }
        for name in ("WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "SESSION_MANAGER"):
            self.env.pop(name, None)
        self._map(buffers / "Xvfb_screen0")

    def _map(self, path: Path) -> None:
        """The frame buffer is a window dump (XWD) that the server keeps up to date in place."""
        header = struct.unpack(">25I", path.read_bytes()[:100])
        size, width, height, bits, line, colors = (header[i] for i in (0, 4, 5, 11, 12, 19))
        assert (width, height, bits) == (WIDTH, HEIGHT, 32)
        shape = (height, line // 4, 4)
        self._frame = np.memmap(path, np.uint8, "r", offset=size + 12 * colors, shape=shape)

    def _spawn(self, command: list[str]) -> None:
        with open(self.folder / f"{command[0]}.log", "wb") as log:
            self._others.append(subprocess.Popen(command, env=self.env, stdout=log, stderr=log))

    def _managed(self) -> bool:
        return self._ask("xdotool", "get_num_desktops").strip().isdigit()

    def start(self, *arguments: str) -> None:
        """Start the program."""
        with open(self.log, "ab") as log:
            self.program = subprocess.Popen(
                [sys.executable, "main.py", *arguments], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )

    def wait_end(self) -> int:
        """Wait until the program has ended by itself; returns its exit status."""
        assert self.program is not None
        status = self.program.wait(PATIENCE)
        self.program = None
        return status

    def kill_program(self) -> None:
        """End the program if a test left it running."""
        if self.program is not None:
            self.program.kill()
            self.program.wait()
            self.program = None

    # Doing

    def _ask(self, *command: str) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout

    def xdo(self, *words: object) -> None:
        """Run xdotool."""
        command = ["xdotool", *(str(word) for word in words)]
        subprocess.run(command, env=self.env, check=True, capture_output=True, timeout=PATIENCE)

    def key(self, *keys: str) -> None:
        """Press keys one after the other ("ctrl+z", "Return")."""
        self.xdo("key", "--clearmodifiers", "--delay", 15, *keys)

    def type(self, text: str) -> None:
        self.xdo("type", "--delay", 8, "--", text)

    def click(self, point: tuple[int, int], button: int = 1, times: int = 1) -> None:
        self.xdo("mousemove", *point, "click", "--repeat", times, "--delay", 40, button)

    def sweep(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag the mouse over something, as one selects words."""
        self.press(start, end)
        self.release()

    def press(self, start: tuple[int, int], end: tuple[int, int], steps: int = 8) -> None:
        """Press the button at one place, drag to another and hold it there."""
        words: list[object] = ["mousemove", *start, "mousedown", 1]
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            words += ["sleep", 0.02, "mousemove", x, y]
        self.xdo(*words)

    def release(self) -> None:
        self.xdo("mouseup", 1)

    # Reading

    def titles(self) -> list[str]:
        """Titles of the windows that show."""
        found = self._ask("xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@")
        return [line for line in found.splitlines() if line]

    def wait_title(self, part: str) -> None:
        wait_for(lambda: any(part in title for title in self.titles()), f"a window called “{part}”")

    def wait_no_title(self, part: str) -> None:
        wait_for(lambda: not any(part in title for title in self.titles()), f"“{part}” to go away")

    def wait_active(self, part: str, after: str = "") -> str:
        """Wait until a window with this in its title has the keyboard; returns its id.

        ``after`` is the id of a window of the same title that it is not.
        """

        def there() -> str:
            id = self._ask("xdotool", "getactivewindow").strip()
            return id if id != after and id and part in self._ask("xdotool", "getwindowname", id) else ""

        return wait_for(there, f"the keyboard in “{part}”")

    def full_screen(self) -> None:
        """Let the program's window fill the screen, so that its places are those of the screen."""
        self.key("F11")
        wait_for(lambda: self.background(Box(0, 0, 20, 20)) != "#000000", "the window to fill the screen")
        self.wait_still()

    def wait_menu(self) -> Box:
        """Wait for a menu over the full screen and tell where it is."""
        menu = wait_for(self._menu, "a menu")
        self.wait_still()
        return menu

    def _menu(self) -> Box | None:
        """A window of the program that is higher than a tool tip and does not fill the screen."""
        told = self._ask("xdotool", "search", "--onlyvisible", "--class", ".", "getwindowgeometry", "%@")
        for left, top, width, height in re.findall(
            r"Position: (-?\d+),(-?\d+).*\n\s*Geometry: (\d+)x(\d+)", told
        ):
            if 40 < int(height) < HEIGHT:
                return Box(int(left), int(top), int(left) + int(width) - 1, int(top) + int(height) - 1)
        return None

    def screen(self, box: Box = SCREEN) -> NDArray[np.int16]:
        """Rows of (red, green, blue) as they are now."""
        assert self._frame is not None
        part = self._frame[box.top : box.bottom + 1, box.left : box.right + 1, 2::-1]
        return np.array(part, dtype=np.int16)

    def find(self, color: str, box: Box = SCREEN, *, tolerance: int = 0, least: int = 1) -> Box | None:
        """The rectangle around all pixels of a colour, or None where there are fewer than ``least``."""
        mask = self.mask(color, box, tolerance)
        if int(mask.sum()) < least:
            return None
        rows, columns = np.nonzero(mask)
        left, top = box.left + int(columns.min()), box.top + int(rows.min())
        return Box(left, top, box.left + int(columns.max()), box.top + int(rows.max()))

    def mask(self, color: str, box: Box = SCREEN, tolerance: int = 0) -> NDArray[np.bool_]:
        wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.int16)
        near: NDArray[np.bool_] = (np.abs(self.screen(box) - wanted) <= tolerance).all(axis=2)
        return near

    def count(self, color: str, box: Box = SCREEN) -> int:
        """How many pixels have exactly this colour."""
        return int(self.mask(color, box).sum())

    def background(self, box: Box) -> str:
        """The colour that most pixels have."""
        pixels = self.screen(box).reshape(-1, 3)
        values, counts = np.unique(pixels, axis=0, return_counts=True)
        return "#{:02x}{:02x}{:02x}".format(*values[int(counts.argmax())])

    def wait_color(self, color: str, box: Box = SCREEN, *, least: int = 1, tolerance: int = 0) -> Box:
        """Where a colour shows, once it does not move any more."""
        seen: list[Box | None] = [None]

        def settled() -> Box | None:
            before, seen[0] = seen[0], self.find(color, box, least=least, tolerance=tolerance)
            return seen[0] if seen[0] == before else None

        return wait_for(settled, f"{color} in {box}")

    def wait_still(self, box: Box = SCREEN, looks: int = 4) -> None:
        """Until some looks in a row have seen the same picture."""
        last: list[NDArray[np.int16]] = [self.screen(box)]
        same = [0]

        def still() -> bool:
            now = self.screen(box)
            same[0] = same[0] + 1 if np.array_equal(now, last[0]) else 0
            last[0] = now
            return same[0] >= looks

        wait_for(still, "a still picture")

    def copied(self, keys: str = "ctrl+c") -> str:
        """What the program puts on the clipboard when asked to copy."""
        self._clear_clipboard()
        self.key(keys)

        def answer() -> str:
            text = self._clipboard()
            return "" if text == CLEARED else text

        return wait_for(answer, "something on the clipboard", 5)

    def _clear_clipboard(self) -> None:
        command = ["xclip", "-selection", "clipboard", "-i"]
        subprocess.run(
            command,
            input=CLEARED.encode(),
            env=self.env,
            check=True,
            timeout=PATIENCE,
            stdout=subprocess.DEVNULL,
        )

    def _clipboard(self) -> str:
        command = ["xclip", "-selection", "clipboard", "-o", "-t", "UTF8_STRING"]
        done = subprocess.run(command, env=self.env, capture_output=True, timeout=PATIENCE)
        return done.stdout.decode("utf-8", "replace")

    def picture(self, path: Path) -> None:
        """Keep what is on the screen as a picture, for people who look at a failure."""
        from PySide6.QtGui import QImage

        pixels = np.ascontiguousarray(self.screen().astype(np.uint8))
        image = QImage(pixels.data, WIDTH, HEIGHT, 3 * WIDTH, QImage.Format.Format_RGB888)
        image.save(str(path))


CLEARED = "nothing was copied"


def _line(reader: int) -> str:
    """A line from a pipe, which is closed; empty where none comes."""
    got = b""
    try:
        while not got.endswith(b"\n") and select.select([reader], [], [], PATIENCE)[0]:
            part = os.read(reader, 20)
            if not part:
                break
            got += part
    finally:
        os.close(reader)
    return got.decode().strip()


def command(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "main.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )

"""The tree of codes, subcategories, categories and themes: order, paths, and what a move may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from coder_app.core.errors import UserError
from coder_app.core.model import Code, Level

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"  # in ASCII order
_WIDTH = 4


def key_after(last: str | None) -> str:
    """A sort key behind ``last`` (behind nothing where None), short however often it is asked for."""
    value = 0
    for digit in (last or "1").ljust(_WIDTH, "0")[:_WIDTH]:
        value = value * len(_DIGITS) + _DIGITS.index(digit)
    value = (value // len(_DIGITS) + 1) * len(_DIGITS) + 1  # the last digit is never 0
    if value >= len(_DIGITS) ** _WIDTH:
        return _midpoint(last or "", None)
    digits = ""
    for _ in range(_WIDTH):
        value, digit_value = divmod(value, len(_DIGITS))
        digits = _DIGITS[digit_value] + digits
    return digits


def key_between(low: str | None, high: str | None) -> str:
    """A sort key between two keys, of which either may be missing.

    Keys are fractions written in base 62, compared as strings. Where two laptops chose the same key
    there is nothing between: then the answer is the next key behind ``low``.
    """
    if high is None:
        return key_after(low)
    if low is not None and low >= high:
        return low + "V"
    return _midpoint(low or "", high)


def keys_in_order(rows: Sequence[tuple[str, str | None]]) -> dict[str, str]:
    """Sort keys for rows (GUID, its key or None) that are to stand in this order.

    Rows are sorted by key and then by GUID. Only rows without a key, and those whose key does not
    sort them behind the row before, get a new one: two laptops may have given two rows the same key.
    """
    found: dict[str, str] = {}
    last: tuple[str, str] | None = None
    for at, (guid, key) in enumerate(rows):
        if key is None or (last is not None and (key, guid) <= last):
            low = last[0] if last else None
            later = (k for _, k in rows[at + 1 :] if k is not None and (low is None or k > low))
            key = found[guid] = key_between(low, next(later, None))
        last = (key, guid)
    return found


def _midpoint(low: str, high: str | None) -> str:
    """A key between two; ``high`` None is above all keys."""
    head = ""
    while True:
        if high is not None:
            same = 0
            while same < len(high) and (low[same] if same < len(low) else "0") == high[same]:
                same += 1
            if same == len(high):  # only where a key ends in 0, which none of ours does
                return head + high + "V"
            head, low, high = head + high[:same], low[same:], high[same:]
        low_digit = _DIGITS.index(low[0]) if low else 0
        high_digit = _DIGITS.index(high[0]) if high is not None else len(_DIGITS)
        if high_digit - low_digit > 1:
            return head + _DIGITS[(low_digit + high_digit) // 2]
        if high is not None and len(high) > 1:
            return head + high[0]
        head, low, high = head + _DIGITS[low_digit], low[1:], None


def closes_circle(parents: Mapping[str, str | None], node: str, parent: str | None) -> bool:
    """Whether putting ``node`` under ``parent`` would make it its own ancestor."""
    while parent is not None:
        if parent == node:
            return True
        parent = parents.get(parent)
    return False


def runs_in_circle(parents: Mapping[str, str | None]) -> bool:
    """Whether a node is its own ancestor; ``parents`` gives each node's parent."""
    safe: set[str] = set()
    for node in parents:
        path: set[str] = set()
        above: str | None = node
        while above is not None and above not in safe:
            if above in path:
                return True
            path.add(above)
            above = parents.get(above)
        safe |= path
    return False


class Codebook:
    """All nodes of a codebook as they stand at one moment; never changes after it is made."""

    def __init__(self, nodes: Iterable[Code]) -> None:
        self.nodes: dict[str, Code] = {node.guid: node for node in nodes}
        self._children: dict[str | None, list[str]] = {}
        ordered = sorted(self.nodes.values(), key=lambda node: (node.order, node.guid))
        for node in ordered:
            self._children.setdefault(self.parent(node.guid), []).append(node.guid)

    def __len__(self) -> int:
        return len(self.nodes)

    def __contains__(self, guid: object) -> bool:
        return guid in self.nodes

    def __getitem__(self, guid: str) -> Code:
        return self.nodes[guid]

    @property
    def roots(self) -> list[str]:
        return self.children(None)

    def parent(self, guid: str) -> str | None:
        parent = self.nodes[guid].parent
        return parent if parent in self.nodes else None

    def children(self, guid: str | None) -> list[str]:
        """GUIDs right below a node (below nothing where None), in display order."""
        return self._children.get(guid, [])

    def ancestors(self, guid: str) -> list[str]:
        """From the parent up to the top."""
        found: list[str] = []
        parent = self.parent(guid)
        while parent is not None:
            found.append(parent)
            parent = self.parent(parent)
        return found

    def path(self, guid: str) -> list[Code]:
        """From the top down to the node itself."""
        return [self.nodes[g] for g in reversed([guid, *self.ancestors(guid)])]

    def descendants(self, guid: str) -> list[str]:
        """Everything below a node, in display order, without the node."""
        return [g for g, _ in self._walk(guid, 0)]

    def with_below(self, guids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for guid in guids:
            found.add(guid)
            found.update(self.descendants(guid))
        return found

    def tops(self, guids: Iterable[str]) -> list[str]:
        """Those of ``guids`` that are not below another of them, in display order."""
        chosen = set(guids)
        return [g for g, _ in self.walk() if g in chosen and chosen.isdisjoint(self.ancestors(g))]

    def walk(self) -> Iterator[tuple[str, int]]:
        """Every node with its depth (0 at the top) in display order."""
        return self._walk(None, 0)

    def _walk(self, guid: str | None, depth: int) -> Iterator[tuple[str, int]]:
        stack = [(child, depth) for child in reversed(self.children(guid))]
        while stack:
            child, level = stack.pop()
            yield child, level
            stack.extend((grandchild, level + 1) for grandchild in reversed(self.children(child)))

    def at_level(self, guid: str, level: Level) -> str:
        """The node's ancestor of that level or, where it has none, the node itself."""
        for candidate in [guid, *self.ancestors(guid)]:
            if self.nodes[candidate].level == level:
                return candidate
        return guid

    def free(self) -> list[str]:
        """Nodes of the lowest level that stand free (no parent)."""
        return [g for g in self.roots if self.nodes[g].level == Level.CODE]

    def named(self, name: str) -> list[Code]:
        """Nodes of exactly this name, letter case apart; in display order."""
        wanted = name.strip().casefold()
        return [self.nodes[g] for g, _ in self.walk() if self.nodes[g].name.casefold() == wanted]

    def last_key(self, parent: str | None) -> str:
        """Sort key for a place at the end of what is right below ``parent``."""
        siblings = self.children(parent)
        return key_after(self.nodes[siblings[-1]].order if siblings else None)

    def check_move(self, guid: str, parent: str | None) -> None:
        """Raise UserError where a node cannot be put under ``parent``."""
        if parent is None:
            return
        node, above = self.nodes[guid], self.nodes[parent]
        if guid == parent or parent in self.descendants(guid):
            raise UserError(f"“{node.name}” cannot be put inside itself or something below it.")
        if above.level <= node.level:
            raise UserError(
                f"“{node.name}” cannot be put inside “{above.name}”:"
                " what holds it must stand on a higher level."
            )

    def check_level(self, guid: str, level: Level, together: Collection[str] = ()) -> None:
        """Raise UserError where the node's neighbours do not allow that level.

        ``together`` are the nodes that get the same level in the same action.
        """
        node, parent = self.nodes[guid], self.parent(guid)
        if parent is not None and (parent in together or self.nodes[parent].level <= level):
            raise UserError(
                f"“{node.name}” stays below the level of “{self.nodes[parent].name}”: move it out first."
            )
        if any(self.nodes[child].level >= level for child in self.children(guid)):
            raise UserError(f"“{node.name}” holds nodes of that level or higher: move them out first.")

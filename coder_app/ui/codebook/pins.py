"""Codes on the keys 1 to 9, remembered on this machine for each project and coder."""

from __future__ import annotations

from coder_app.ui.context import Context
from coder_app.ui.settings import MOST_PINNED


def pinned(ctx: Context) -> dict[int, str]:
    """Key (1 to 9) -> GUID of the code on it; codes that are no longer there are left out."""
    tree = ctx.project.codes.tree()
    kept = ctx.remembered.pinned.get(ctx.project.coders.current.guid, [])
    return {key: guid for key, guid in enumerate(kept, 1) if guid in tree}


def key_of(ctx: Context, code: str) -> int | None:
    """The key a code is on."""
    return next((key for key, guid in pinned(ctx).items() if guid == code), None)


def pin(ctx: Context, key: int, code: str | None) -> None:
    """Put a code on a key, taking it off its former one; None frees the key."""
    kept = {k: guid for k, guid in pinned(ctx).items() if guid != code and k != key}
    if code is not None:
        kept[key] = code
    keys = [kept.get(k, "") for k in range(1, MOST_PINNED + 1)]
    while keys and not keys[-1]:
        keys.pop()
    ctx.remembered.pinned[ctx.project.coders.current.guid] = keys
    ctx.settings.save()

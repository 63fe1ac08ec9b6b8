"""What each coefficient is called, how it is computed and where it comes from, for every name there is."""

from __future__ import annotations

from coder_app.formats.agreement_formulas import DESCRIBED, Described

_KRIPPENDORFF = "Krippendorff et al. (2016); Krippendorff (2019), 12.6"
_FURTHER: dict[str, Described] = {
    "marked_agreement": Described(
        "Marked or not, all units",
        "units where both marked something or both nothing / all units",
        "Schreier (2012)",
    ),
    "exact_set_agreement": Described("Sets of codes alike", "units with X = Y / all units", ""),
    "holsti": Described(
        "Holsti's CR", "2M / (N_A + N_B), M joint decisions, N those of each", "Holsti (1969)"
    ),
    "jaccard": Described("Jaccard", "M / (N_A + N_B − M)", ""),
    "matched": Described("Matched passages", "pairs of passages of one code that overlap enough", ""),
    "n_a": Described("Passages of the first coder", "count", ""),
    "n_b": Described("Passages of the second coder", "count", ""),
    "only_a": Described("Passages of the first coder without a match", "count", ""),
    "only_b": Described("Passages of the second coder without a match", "count", ""),
    "u_alpha_nominal": Described(
        "u-alpha, nominal",
        "1 − (observed / expected coincidences of the continuum), gaps being a value",
        _KRIPPENDORFF,
    ),
    "u_alpha_binary": Described(
        "|u-alpha, binary",
        "the same with all codes read as one value: are the same stretches marked?",
        _KRIPPENDORFF,
    ),
    "cu_alpha": Described(
        "cu-alpha", "the same over what both marked only: do the codes agree?", _KRIPPENDORFF
    ),
    "u_alpha": Described(
        "u-alpha of the code", "u-alpha with the values this code and everything else", _KRIPPENDORFF
    ),
}  # fmt: skip


def described(name: str) -> Described:
    """By the names of the reference cases; the means over codes are called after what they are means of."""
    found = DESCRIBED.get(name) or _FURTHER.get(name)
    if found is not None:
        return found
    if name.startswith("mean_"):
        inner = described(name.removeprefix("mean_"))
        return Described(
            f"{inner.name}, mean over codes", f"mean of the defined ones; {inner.formula}", inner.source
        )
    return Described(name.replace("_", " ").capitalize(), "", "")

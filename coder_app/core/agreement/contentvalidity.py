"""Content validity of findings rated from 1 to 4 by participants or experts (SPEC section 9).

Ratings of 3 and 4 mean "relevant". A missing answer (None) leaves the number of raters of that item.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from coder_app.core.agreement.result import Reason, Statistic, mean_of_defined, ratio, undefined

SCALE = 4
RELEVANT_FROM = 3

Ratings = Sequence[int | None]


def _answers(ratings: Ratings) -> list[int]:
    answers = [rating for rating in ratings if rating is not None]
    if any(not 1 <= answer <= SCALE for answer in answers):
        raise ValueError("Ratings run from 1 to 4.")
    return answers


def raters(ratings: Ratings) -> int:
    """How many answered the item."""
    return len(_answers(ratings))


def _relevant(ratings: Ratings) -> int:
    return sum(answer >= RELEVANT_FROM for answer in _answers(ratings))


def i_cvi(ratings: Ratings) -> Statistic:
    """Lynn (1986): the share of raters who gave 3 or 4. Undefined where nobody answered."""
    return ratio(_relevant(ratings), raters(ratings))


def chance_agreement(ratings: Ratings) -> Statistic:
    """Polit, Beck & Owen (2007): P_c = N! / (A! (N - A)!) x 0.5^N. Undefined where nobody answered."""
    n = raters(ratings)
    return ratio(comb(n, _relevant(ratings)), 2**n) if n else undefined(Reason.NO_UNITS)


def k_star(ratings: Ratings) -> Statistic:
    """Polit, Beck & Owen (2007): (I-CVI - P_c) / (1 - P_c), from exact I-CVI.

    Undefined where nobody answered. With N raters, A of them content and C = N over A it is
    (A 2^N - N C) / (N (2^N - C)).
    """
    n, a = raters(ratings), _relevant(ratings)
    if n == 0:
        return undefined(Reason.NO_UNITS)
    chance = comb(n, a)
    return ratio(a * 2**n - n * chance, n * (2**n - chance), Reason.NO_VARIATION)


def k_star_label(value: float) -> str:
    """Polit, Beck & Owen (2007): excellent above .74, good from .60, fair from .40, else poor."""
    if value > 0.74:
        return "excellent"
    if value >= 0.60:
        return "good"
    return "fair" if value >= 0.40 else "poor"


def mean_rating_share(ratings: Ratings) -> Statistic:
    """Mean rating / 4: what studies with two or three raters report as content coefficient (0.25 to 1)."""
    answers = _answers(ratings)
    return ratio(sum(answers), SCALE * len(answers))


def item_statistics(ratings: Ratings) -> dict[str, Statistic]:
    """The coefficients of one item, by the names of the reference cases."""
    return {
        "i_cvi": i_cvi(ratings),
        "pc": chance_agreement(ratings),
        "k_star": k_star(ratings),
        "mean_rating_share": mean_rating_share(ratings),
    }


def scale_statistics(items: Sequence[Ratings]) -> dict[str, Statistic]:
    """Polit & Beck (2006): S-CVI/Ave, S-CVI/UA and the range of I-CVI over the items somebody rated."""
    indices = [i_cvi(ratings) for ratings in items if raters(ratings)]
    values = [index.value for index in indices if index.value is not None]
    if not values:
        nothing = undefined(Reason.NO_UNITS)
        return {"s_cvi_ave": nothing, "s_cvi_ua": nothing, "i_cvi_min": nothing, "i_cvi_max": nothing}
    return {
        "s_cvi_ave": mean_of_defined(indices),
        "s_cvi_ua": ratio(sum(value == 1 for value in values), len(values)),
        "i_cvi_min": Statistic(min(values)),
        "i_cvi_max": Statistic(max(values)),
    }

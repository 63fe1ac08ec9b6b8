"""References that the words for the paper cite."""

from __future__ import annotations

REFERENCES: dict[str, str] = {
    "campbell2013": "Campbell JL, Quincy C, Osserman J, Pedersen OK. Coding in-depth semistructured"
    " interviews: problems of unitization and intercoder reliability and agreement. Sociological"
    " Methods & Research. 2013;42(3):294–320.",
    "cohen1960": "Cohen J. A coefficient of agreement for nominal scales. Educational and Psychological"
    " Measurement. 1960;20(1):37–46.",
    "devries2008": "De Vries H, Elliott MN, Kanouse DE, Teleki SS. Using pooled kappa to summarize interrater"
    " agreement across many items. Field Methods. 2008;20(3):272–282.",
    "holsti1969": "Holsti OR. Content analysis for the social sciences and humanities. Reading, MA:"
    " Addison-Wesley; 1969.",
    "krippendorff2016": "Krippendorff K, Mathet Y, Bouvry S, Widlöcher A. On the reliability of unitizing"
    " textual continua: further developments. Quality & Quantity. 2016;50(6):2347–2364.",
    "krippendorff2019": "Krippendorff K. Content analysis: an introduction to its methodology. 4th ed."
    " Thousand Oaks, CA: Sage; 2019.",
    "light1971": "Light RJ. Measures of response agreement for qualitative data: some generalizations and"
    " alternatives. Psychological Bulletin. 1971;76(5):365–377.",
    "oconnor2020": "O'Connor C, Joffe H. Intercoder reliability in qualitative research: debates and"
    " practical guidelines. International Journal of Qualitative Methods. 2020;19:1–13.",
    "passonneau2006": "Passonneau R. Measuring agreement on set-valued items (MASI) for semantic and"
    " pragmatic annotation. In: Proceedings of the Fifth International Conference on Language"
    " Resources and Evaluation (LREC). 2006. p. 831–836.",
    "schreier2012": "Schreier M. Qualitative content analysis in practice. London: Sage; 2012.",
}

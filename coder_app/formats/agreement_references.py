"""The sources of the coefficients in full, for the sheet “Method”."""

REFERENCES = {
    "Brennan & Prediger (1981)": (
        "Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: Some uses, misuses, and "
        "alternatives. Educational and Psychological Measurement, 41(3), 687–699."
    ),
    "Byrt, Bishop & Carlin (1993)": (
        "Byrt, T., Bishop, J., & Carlin, J. B. (1993). Bias, prevalence and kappa. Journal of "
        "Clinical Epidemiology, 46(5), 423–429."
    ),
    "Cicchetti & Feinstein (1990)": (
        "Cicchetti, D. V., & Feinstein, A. R. (1990). High agreement but low kappa: II. Resolving the "
        "paradoxes. Journal of Clinical Epidemiology, 43(6), 551–558."
    ),
    "Cohen (1960)": (
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and "
        "Psychological Measurement, 20(1), 37–46."
    ),
    "De Vries et al. (2008)": (
        "De Vries, H., Elliott, M. N., Kanouse, D. E., & Teleki, S. S. (2008). Using pooled kappa to "
        "summarize interrater agreement across many items. Field Methods, 20(3), 272–282."
    ),
    "Fleiss (1971)": (
        "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological "
        "Bulletin, 76(5), 378–382."
    ),
    "Fleiss, Cohen & Everitt (1969)": (
        "Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of kappa and "
        "weighted kappa. Psychological Bulletin, 72(5), 323–327."
    ),
    "Gwet (2008)": (
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of "
        "high agreement. British Journal of Mathematical and Statistical Psychology, 61(1), 29–48."
    ),
    "Gwet (2014)": ("Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.). Advanced Analytics."),
    "Holsti (1969)": (
        "Holsti, O. R. (1969). Content analysis for the social sciences and humanities. Addison-Wesley."
    ),
    "Krippendorff (2011)": (
        "Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania."
    ),
    "Krippendorff (2019)": (
        "Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.). SAGE."
    ),
    "Krippendorff et al. (2016)": (
        "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of "
        "unitizing textual continua: Further developments. Quality & Quantity, 50, 2347–2364. "
        "doi:10.1007/s11135-015-0266-1"
    ),
    "Light (1971)": (
        "Light, R. J. (1971). Measures of response agreement for qualitative data: Some "
        "generalizations and alternatives. Psychological Bulletin, 76(5), 365–377."
    ),
    "Passonneau (2006)": (
        "Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and "
        "pragmatic annotation. Proceedings of LREC 2006."
    ),
    "Schreier (2012)": ("Schreier, M. (2012). Qualitative content analysis in practice. SAGE."),
    "Scott (1955)": (
        "Scott, W. A. (1955). Reliability of content analysis: The case of nominal scale coding. "
        "Public Opinion Quarterly, 19(3), 321–325."
    ),
}
"""Sources in full, by how they are cited."""

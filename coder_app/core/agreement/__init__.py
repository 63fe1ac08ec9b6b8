"""Agreement between coders, content validity and their reference cases, as pure functions.

The formulas follow ``resources/agreement/SPEC.md``. NumPy is imported by the modules of this package
and nowhere else in the program; importing the package itself loads nothing, so that the window
opens without it. Start at :mod:`coder_app.core.agreement.study`.
"""

import os

# The products of small matrices used here gain nothing from several threads, and waiting for idle ones
# takes up to fifty times as long where the machine is busy. Read once, when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

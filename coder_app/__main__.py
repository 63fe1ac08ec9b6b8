"""``python -m coder_app`` is the same program as ``coder-app``."""

import sys

from coder_app.cli import main

if __name__ == "__main__":
    sys.exit(main())

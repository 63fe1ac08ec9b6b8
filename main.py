"""Start-up: the window, or a command (see ``main.py --help``)."""

import sys

from coder_app.cli import main

if __name__ == "__main__":
    sys.exit(main())

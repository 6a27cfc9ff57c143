"""``python -m jixiao``, where the command itself is not on the path."""

import sys

from jixiao.cli import main

if __name__ == "__main__":
    sys.exit(main())

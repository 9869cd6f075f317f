"""`python app.py`: reads the settings, builds the parts, serves the page, the API and the widget."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from bot.cli import main
    except ModuleNotFoundError as missing:
        install = "python -m pip install -c constraints.txt -e ."
        sys.exit(f"{missing.name} is not installed for {sys.executable}. Install Rapport first: {install}")
    main("serve")

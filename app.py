"""`python app.py`: reads the settings, builds the parts, serves the page, the API and the widget."""

from __future__ import annotations

from bot.cli import serve

if __name__ == "__main__":
    import typer

    typer.run(serve)

"""Five tones a picture is printed in, by mood: flat inks as of a screen print. tests/test_pictures.py notices a change."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from vectorstore.pictures.palette import contrast

PAPER = "#f6efe0"


@dataclass(frozen=True)
class Scheme:
    """Ground, a deeper tone, one between, the light and an accent; what is written on each is worked out."""

    ground: str
    deep: str
    mid: str
    light: str
    accent: str

    def on(self, tone: str) -> str:
        """The tone that words on `tone` are written in."""
        return max(
            (self.light, self.deep, "#fdf8ec", "#1b1d22"),
            key=lambda ink: (contrast(ink, tone) > 4.6, ink in (self.light, self.deep), contrast(ink, tone)),
        )

    def second(self, tone: str) -> str:
        """A quieter or brighter tone for the small line on `tone`."""
        return next((ink for ink in (self.accent, self.mid) if contrast(ink, tone) > 4.2), self.on(tone))


SCHEMES = {
    "night": Scheme("#1d2f42", "#0f1a26", "#3b5d7a", "#f4e4c0", "#ef9a4d"),
    "ember": Scheme("#b8432c", "#3a1a1e", "#dd7340", "#f9e2b6", "#f4b04a"),
    "mustard": Scheme("#e2ab3b", "#3b2a1c", "#c67d2d", "#fdf2d6", "#ab3a28"),
    "teal": Scheme("#1f6166", "#103239", "#459690", "#f6e5bf", "#f19a6b"),
    "cream": Scheme("#f0e3c7", "#2b2f38", "#d6b988", "#fffaf0", "#c4422d"),
    "plum": Scheme("#4a2953", "#241431", "#83507f", "#f7dcc2", "#f58f76"),
    "forest": Scheme("#2f4d3b", "#172a20", "#62905f", "#f4e8c1", "#e9bb4a"),
    "rose": Scheme("#eab0a2", "#5a2237", "#d27674", "#fff2e4", "#8c2f45"),
    "ice": Scheme("#cfe1e2", "#1f3748", "#85afbd", "#ffffff", "#cf4636"),
    "blood": Scheme("#1b181c", "#0c0b0e", "#5f1d22", "#f2e8d9", "#d8433a"),
    "sky": Scheme("#92c3d0", "#1c3a51", "#5294b4", "#fef5df", "#e5702f"),
    "sand": Scheme("#e7c390", "#4a2b1f", "#c07d47", "#fdf3dc", "#bd412a"),
    "lime": Scheme("#d7d56b", "#24372c", "#86ab55", "#fbfae4", "#cb4328"),
    "violet": Scheme("#4f459c", "#211c50", "#8075d2", "#f8e8ca", "#f7a955"),
    "ink": Scheme("#2b2b30", "#141416", "#5d5d66", "#f1ede3", "#e9bd44"),
    "coral": Scheme("#ef8061", "#4f1e2a", "#f8ae88", "#fff3e0", "#23636a"),
    "moss": Scheme("#69703f", "#2b301c", "#a3a86c", "#f7f1d6", "#f0c35a"),
    "steel": Scheme("#5d7686", "#22313c", "#8fa6b2", "#f5efdf", "#f2b64f"),
    "bone": Scheme("#e6e1d6", "#26292d", "#b9b3a5", "#fbf9f4", "#3f6f8f"),
    "wine": Scheme("#6b2438", "#31101c", "#9b4353", "#f8e1c6", "#eba24d"),
}


def between(dice: Random, low: float, high: float) -> float:
    """A number from `low` to `high`, the same for the same dice on every Python."""
    return round(low + (high - low) * dice.random(), 1)


def pick(dice: Random, names: str) -> str:
    """One of the words of `names`."""
    words = names.split()
    return words[int(dice.random() * len(words))]

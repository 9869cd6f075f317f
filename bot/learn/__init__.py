"""What is learned from what people do, how items hang together and from clicks. `docs/learning.md`; start in `sources.py`."""

"""The catalogue and everything that finds things in it. Imports nothing of `bot`."""

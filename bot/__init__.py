"""The conversation: read the message, remember the interests, search, choose with reasons, say it. Start in `chat.py`."""

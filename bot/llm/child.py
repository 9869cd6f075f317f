"""The process that holds the model: `llama_cpp.server`, ended when the process that started it ends, however that ends.

Run by `bot/llm/server.py` as a script. Its first line of input is the list of arguments as JSON, so that the key is not
in the process list; after that the input stays open for as long as the parent lives, and its end is ours. That works on
every system and also when the parent is killed. `tests/test_llm_server.py` notices a change.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import threading


def leave_with_parent() -> None:
    """Wait, in the background, for the end of our input: the parent is gone, so nobody needs us."""

    def wait() -> None:
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()


def read_line() -> str:
    line = bytearray()
    while (letter := os.read(0, 1)) not in (b"", b"\n"):
        line += letter
    return line.decode("utf-8")


def forget_environment(names: set[str]) -> None:
    """The server takes HOST, PORT and every setting from the environment first; only our arguments are to count."""
    for name in [name for name in os.environ if name.casefold() in names]:
        del os.environ[name]


def main() -> None:
    sys.path.pop(0)  # this folder: its module names are not for the server to find
    arguments = json.loads(read_line() or "null")
    if arguments is None:
        return
    leave_with_parent()
    from llama_cpp.server.settings import Settings

    forget_environment({"host", "port", "config_file", *Settings.model_fields})
    sys.argv = ["llama_cpp.server", *arguments]
    runpy.run_module("llama_cpp.server", run_name="__main__")


if __name__ == "__main__":
    main()

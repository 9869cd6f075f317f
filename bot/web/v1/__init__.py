"""The HTTP API: one application, mounted at `/v1`, put together from one module a subject.

A module's `routes(served)` gives an `APIRouter` whose paths are relative to `/v1` ("/sessions", not "/v1/sessions"); it
gets what it needs from `Served` (`served.py`), raises `Problem` (`problems.py`) and speaks the shapes of `wire.py`.
"""

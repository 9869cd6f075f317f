"""Work on catalogues that goes on apart from the requests: one job a catalogue at a time, each with its progress.

The last job of a catalogue is kept until the next one. A job that the server's end cuts off leaves the catalogue as it
was (`vectorstore/changes.py`). `tests/test_api_admin.py`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from bot.web.v1.problems import Problem, problem_of
from vectorstore.changes import ChangeReport
from vectorstore.errors import BadMap, CatalogueBusy, CatalogueError, IndexMismatch, UnknownCatalogue
from vectorstore.files import Reject
from vectorstore.index import NoItems, Progress

if TYPE_CHECKING:
    from bot.chat import Engine

log = logging.getLogger(__name__)

Kind = Literal["upsert", "delete", "import", "reindex"]


class Job:
    """One piece of work: how far it is, and how it ended."""

    def __init__(self, catalogue: str, kind: Kind) -> None:
        self.catalogue, self.kind = catalogue, kind
        self.state: Literal["running", "done", "failed"] = "running"
        self.stage, self.done, self.total = "", 0, 0
        self.started, self.ended = time.time(), 0.0
        self.report: ChangeReport | None = None
        self.rejects: tuple[Reject, ...] = ()
        self.problem: Problem | None = None
        self._over = threading.Event()

    def tell(self, stage: str, done: int, total: int) -> None:
        """How far it is, as `vectorstore.index.Progress` says it."""
        self.stage, self.done, self.total = stage, done, total

    def wait(self, seconds: float) -> None:
        """Until it is over, or so long."""
        self._over.wait(seconds)

    def end(self, report: ChangeReport | None, problem: Problem | None = None) -> None:
        """It is over."""
        self.report, self.problem = report, problem
        self.ended = time.time()
        self.state = "failed" if problem else "done"
        self._over.set()


class Jobs:
    """The last job of every catalogue."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._last: dict[str, Job] = {}
        self._lock = threading.Lock()

    def last(self, catalogue: str) -> Job | None:
        """The job that runs, or the one that ended last."""
        with self._lock:
            return self._last.get(catalogue)

    def start(
        self, catalogue: str, kind: Kind, work: Callable[[Progress], ChangeReport], after: Callable[[], None] = lambda: None
    ) -> Job:
        """Begin `work` in a thread; `after` is called when it is over, however it ended. Problem 409 while another runs."""
        with self._lock:
            before = self._last.get(catalogue)
            if before is not None and before.state == "running":
                raise _busy(f"A job ({before.kind}) is running on the catalogue {catalogue!r}.")
            job = self._last[catalogue] = Job(catalogue, kind)
        threading.Thread(target=self._run, args=(job, work, after), name=f"{kind} {catalogue}", daemon=True).start()
        return job

    def _run(self, job: Job, work: Callable[[Progress], ChangeReport], after: Callable[[], None]) -> None:
        try:
            report = work(job.tell)
            job.rejects = report.rejects
            self.engine.refresh(job.catalogue)  # who is told that it is done finds it done
            job.end(report)
        except Exception as error:  # the outermost edge of the thread: whoever asks is told
            if isinstance(error, NoItems):
                job.rejects = error.rejects
            problem = _problem(error, job.catalogue)
            if problem.status == 500:
                log.exception("A job (%s) on the catalogue %r broke off", job.kind, job.catalogue)
            job.end(None, problem)
        finally:
            after()


def _busy(detail: str) -> Problem:
    told = f"{detail} Wait until it is done: GET …/status tells how far it is."
    return Problem(409, "catalogue-busy", "The catalogue is being written", told, headers={"Retry-After": "5"})


def _problem(error: Exception, catalogue: str) -> Problem:
    """Why a change failed, as whoever asked for it can act on it."""
    if isinstance(error, CatalogueBusy):
        return _busy(f"Another process writes the catalogue {catalogue!r}.")
    if isinstance(error, IndexMismatch):
        detail = f"{error} Or: POST /v1/admin/catalogues/{catalogue}/reindex"
        return Problem(409, "other-model", "It was indexed with another model", detail)
    if isinstance(error, BadMap):
        errors = [{"pointer": "/mapping", "detail": str(error)}]
        return Problem(422, "invalid", "The map does not fit the file", str(error), errors=errors)
    if isinstance(error, NoItems):
        rows = [{"pointer": "/file", "detail": f"{r.file}, line {r.line}: {r.reason}"} for r in error.rejects[:20]]
        return Problem(422, "no-items", "No row became an item", str(error), errors=rows)
    if type(error) is CatalogueError and not isinstance(error, UnknownCatalogue):
        return Problem(422, "refused", "The change cannot be made", str(error))
    return problem_of(error)

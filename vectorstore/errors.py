"""What can be wrong with a catalogue or its index, in words for the person who can mend it."""

from __future__ import annotations


class CatalogueError(Exception):
    """Anything that is wrong with a catalogue; the text says what to do."""


class UnknownCatalogue(CatalogueError):
    """No catalogue of that name is indexed and no file of that name exists."""


class IndexMismatch(CatalogueError):
    """The index was built with another embedding model: index again, or set the model back."""


class BadMap(CatalogueError):
    """The mapping file does not fit the data."""


class CatalogueBusy(CatalogueError):
    """Another process is writing the same catalogue: wait for it."""

"""A catalogue as a LangChain retriever: documents with the items' facts as metadata, and hard limits as an option.

    retriever = CatalogueRetriever(catalogue=engine.catalogue("shop"), limits=["price<=200"], k=5)
    retriever.invoke("a brown leather jacket")
    retriever.invoke("a brown leather jacket", limits=["price<=100", "colour!=black"])   # for this call

`tests/test_integrations.py` notices a change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, SkipValidation

from bot.errors import BadInput
from bot.phrases import fact_words
from bot.state import Fact, Language
from vectorstore.catalogue import Candidate, Catalogue
from vectorstore.constraints import Constraint
from vectorstore.limits import read_limits


class CatalogueRetriever(BaseRetriever):
    """The catalogue as a retriever: the `k` items nearest a query by meaning and by words, inside every limit.

    A document's text is the title, the description and the facts in `language`; its metadata are the item's fields, and
    `terms`: the cosine (dense) and the share of the query's words that the item says (lexical). `limits` are as
    `vectorstore/limits.py` reads them; together with `k`, `like` (ids to resemble) and `exclude` they may also be given
    to `invoke` for one call.
    """

    catalogue: SkipValidation[Catalogue]
    k: int = Field(default=4, ge=1, le=200)
    limits: Sequence[str | Constraint] = ()
    language: Language = "en"

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun | None = None,
        k: int | None = None,
        limits: Sequence[str | Constraint] | None = None,
        like: Sequence[str] = (),
        exclude: Sequence[str] = (),
    ) -> list[Document]:
        held = read_limits(self.limits if limits is None else limits, self.catalogue)
        if unknown := [id for id in like if self.catalogue.get(id) is None]:
            raise BadInput(f"There is no item {unknown[0]!r} in the catalogue {self.catalogue.info.name!r} to resemble.")
        texts = [query] if query.strip() else []
        found = self.catalogue.search(
            texts, constraints=held, like=like, exclude={*like, *exclude}, limit=self.k if k is None else k
        )
        return [self._document(candidate) for candidate in found]

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun | None = None, **options: Any
    ) -> list[Document]:
        return await asyncio.to_thread(self._get_relevant_documents, query, **options)

    def _document(self, candidate: Candidate) -> Document:
        item, language = candidate.item, self.language
        stated = {name: value for name, value in item.facts(language) if name not in ("brand", "category", "price", "tags")}
        info = self.catalogue.info
        words = [fact_words(Fact(name=name, value=value), info, language) for name, value in item.facts(language)]
        said = [item.title_in(language), item.description_in(language), "; ".join(words)]
        terms = {"dense": candidate.cosines[0], "lexical": candidate.lexical[0]} if candidate.cosines else {}
        if candidate.similar:
            terms["similar"] = candidate.similar
        return Document(
            id=item.id,
            page_content="\n".join(part for part in said if part),
            metadata={
                "id": item.id,
                "catalogue": info.name,
                "title": item.title_in(language),
                "price": item.price,
                "currency": item.currency or (info.currency if item.price is not None else None),
                "brand": item.brand,
                "category": list(item.category),
                "url": item.url,
                "availability": item.availability,
                "tags": list(item.tags),
                "language": language,
                "attributes": {name: list(value) if isinstance(value, tuple) else value for name, value in stated.items()},
                "terms": terms,
            },
        )

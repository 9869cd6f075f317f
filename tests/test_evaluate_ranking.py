"""The terms of a moment and the weights that training gives them, by hand on four films."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.check.evaluate.films import Example
from bot.check.evaluate.ranking import TERMS, Choices, Company, Shelf, choices, fitted, score
from vectorstore.item import Item

FILMS = [
    Item(id="a", title="A", attributes={"genres": ("sea",), "director": ("Voss",), "year": 2000}),
    Item(id="b", title="B", attributes={"genres": ("sea",), "director": ("Voss",), "year": 2001}),
    Item(id="c", title="C", attributes={"genres": ("sea",), "year": 1960}),
    Item(id="d", title="D", attributes={"genres": ("war",)}),
]
ROWS = {item.id: row for row, item in enumerate(FILMS)}


def example(dialogue: str, named: str, targets: str, said: str = "x") -> Example:
    return Example(dialogue, 1, (said,), tuple(named), tuple(targets))


def shelf(training: Sequence[Example] = ()) -> Shelf:
    vectors = np.asarray([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], np.float32)

    def embed(texts: Sequence[str]) -> np.ndarray:
        return np.asarray([[1, 0]] * len(texts), np.float32)

    return Shelf(FILMS, vectors, embed, lambda text: np.asarray([4, 2, 0, 0], np.float32), training)


def test_company_counts_dialogues_and_leaves_out_one() -> None:
    company = Company.learned([example("1", "a", "b"), example("1", "ab", "c"), example("2", "a", "b")], ROWS)
    assert company.popular().tolist() == [0, 2, 1, 0]
    assert company.beside([0]).tolist() == pytest.approx([0, 2 / 6, 1 / 6, 0])  # both of a's dialogues name b; 2 + 4
    assert company.popular("1").tolist() == [0, 1, 0, 0]
    assert company.beside([0], "1").tolist() == pytest.approx([0, 1 / 5, 0, 0])
    assert company.beside([0, 3]).tolist() == pytest.approx([0, 1 / 6, 1 / 12, 0])  # d is unknown: it says nothing


def test_terms_of_a_moment() -> None:
    terms = shelf([example("1", "a", "b")]).terms(example("9", "a", "b"))
    assert set(terms) == set(TERMS)
    assert terms["said"].tolist() == pytest.approx([1, 0.6, 0, -1])
    assert terms["words"].tolist() == pytest.approx([1, 0.5, 0, 0])
    assert terms["similar"].tolist() == pytest.approx([1, 0.6, 0, -1])
    assert terms["facts"][1] > terms["facts"][2] > 0 == terms["facts"][3]  # director and genre, genre, nothing
    assert terms["ties"][1] > terms["ties"][2] > 0 == terms["ties"][0] == terms["ties"][3]
    assert terms["recent"][1] > terms["recent"][2] > 0 == terms["recent"][3]  # a year that is not stated is not recent
    assert terms["again"].tolist() == [1, 0, 0, 0]
    assert terms["together"][1] > 0 and terms["popular"][1] > 0


def test_people_and_genres_that_are_said_lead_to_films() -> None:
    people = [*FILMS, Item(id="e", title="E", attributes={"cast": ("Ann Lee",), "genres": ("comedy",)})]
    vectors = np.eye(5, dtype=np.float32)
    found = Shelf(people, vectors, lambda texts: np.zeros((len(texts), 5), np.float32), lambda text: np.zeros(5, np.float32))
    for said in ("Something with Ann Lee, please", "I love comedies"):
        ties = found.terms(Example("9", 0, (said,), (), ()))["ties"]
        assert ties[4] > 0 and not ties[:4].any(), said
    assert not found.terms(Example("9", 0, ("with Ann, or Lee", "she is annleestic"), (), ()))["ties"].any()


def test_nothing_named_and_nothing_said() -> None:
    terms = shelf().terms(Example("9", 0, (), (), ("a",)))
    for name in ("said", "words", "similar", "facts", "together", "again"):
        assert not terms[name].any(), name


def test_the_score_is_the_sum() -> None:
    terms = {"said": np.asarray([1, 2], np.float32), "words": np.asarray([10, 0], np.float32)}
    assert score(terms, {"said": 2.0, "words": 0.5}).tolist() == [7, 4]


def test_an_example_of_the_training_does_not_see_its_own_answer() -> None:
    told = choices(shelf([example("1", "a", "b"), example("2", "a", "c")]), [example("1", "a", "b")], 0, others=5).told
    assert told.shape == (1, 6, len(TERMS))
    assert told[0, 0, TERMS.index("together")] == 0  # only this dialogue names b beside a
    assert told[0, 0, TERMS.index("popular")] == 0


def test_weights_are_the_odds_of_what_was_chosen() -> None:
    """Of two films, the one with the term was chosen three times out of four: weight ln 3."""
    told = np.zeros((400, 2, 1), np.float32)
    told[:300, 0, 0] = 1
    told[300:, 1, 0] = 1
    assert fitted(Choices(told, np.zeros((400, 2), np.float32)), ridge=1e-6) == pytest.approx([np.log(3)], abs=1e-3)


def test_a_film_that_stands_for_many_is_counted_as_many() -> None:
    """The same, but the other film stands for three: chosen 3 to 1 against three others is weight ln 9."""
    told = np.zeros((400, 2, 1), np.float32)
    told[:300, 0, 0] = 1
    told[300:, 1, 0] = 1
    many = np.where(told[:, :, 0] == 1, 0, np.log(3)).astype(np.float32)
    assert fitted(Choices(told, many), ridge=1e-6) == pytest.approx([np.log(9)], abs=1e-3)


def test_repeats_are_chosen_only_where_they_are_left_in() -> None:
    talk = [example("1", "ab", "a")]
    assert len(choices(shelf(talk), talk, 0, others=4)) == 0
    found = choices(shelf(talk), talk, 0, repeats=True, others=4)
    assert len(found) == 1
    assert found.told[0, 0, TERMS.index("again")] == 0.5  # b was named after a
    assert found.told[0, 1, TERMS.index("again")] == 1 and found.stand_for[0, 1] == 0  # b stands for itself alone

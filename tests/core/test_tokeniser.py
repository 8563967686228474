"""The tokeniser alone, and against a real FTS5 table."""

import os
import sqlite3
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine
from sqlalchemy import text as text_clause

from trackeep.core.tokeniser import (
    MAX_QUERY_TERMS,
    MAX_TOKEN_LENGTH,
    MAX_TOKENS,
    Query,
    cut,
    fold,
    parse_query,
    to_fts5,
    to_tsquery,
    to_tsvector,
    tokens,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)
REAL_TEXT = st.one_of(
    ANY_TEXT,
    st.text(
        alphabet="abzÄé東京都ひらがな한국어हिन्दी العربية ТЁст0123 \"'*:&|!()-_\\\x00\u00ad\u200d\ud800", max_size=60
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", ["hello", "world"]),
        ("Crème BRÛLÉE", ["creme", "brulee"]),
        ("straße Łódź Øre ﬁn", ["strasse", "lodz", "ore", "fin"]),
        ("a-b_c foo.bar@x.org", ["a", "b", "c", "foo", "bar", "x", "org"]),
        ("ＡＢＣ１２３ x²", ["abc123", "x2"]),
        ("東京都", ["東京", "京都", "都"]),
        ("東", ["東"]),
        ("abc東京9", ["abc", "東京", "京", "9"]),
        ("한국어 책", ["한국", "국어", "어", "책"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("مُحَمَّد", ["محمد"]),
        ("soft\u00adhyphen zero\u200bwidth nul\x00l", ["softhyphen", "zerowidth", "null"]),
        ("tab\there\nline", ["tab", "here", "line"]),
        ("😀 !!! ---", []),
        ("", []),
        ("don't", ["don", "t"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Résumé", "resume"), ("  Read   Later ", "read later"), ("ＰＹＴＨＯＮ", "python"), ("STRASSE", "straße"),
        ("İstanbul", "istanbul"), ("a\u200bb", "ab"), ("Ё", "е"), ("ά", "Α"),
    ],
)  # fmt: skip
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("c++", "c#"), ("か", "が"), ("a b", "ab"), ("हि", "हु")])
def test_names_that_differ(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(max_examples=400)
@given(REAL_TEXT)
def test_fold_comes_to_rest_and_can_be_stored(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    folded.encode("utf-8")
    assert "\x00" not in folded


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_letters_make_the_same_words_beside_others(text: str) -> None:
    """Letters of ASCII alone are read by a quicker expression."""
    assert tokens(f"{text} \u00e9") == [*tokens(text), "e"]


def test_token_length_and_count_are_bounded() -> None:
    assert tokens("x" * 1000) == ["x" * MAX_TOKEN_LENGTH]
    assert len(tokens("a " * 100_000)) == MAX_TOKENS
    assert len(tokens("東" * 100_000)) == MAX_TOKENS
    query = parse_query(" ".join(f"word{number}" for number in range(500)))
    assert len(query.terms) + len(query.prefixes) == MAX_QUERY_TERMS


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox, jumps. " * 7_200,
        "Crème brûlée déjà vu " * 8_000,
        " ".join(f"é{number}è" for number in range(25_000)),
        "東京都は日本の首都" * 7_400,
        "e\u0301" * 66_000,
        "e" + "\u0301\u0316" * 50_000,
        "e" + "\U0001d165\u0301" * 33_000,
        "\x00\u200b" * 50_000,
        "हिन्दी " * 10_000,
        "😀 " * 40_000,
        "a " * 100_000,
    ],
    ids=[
        "english", "french", "distinct", "japanese", "accents", "pile", "astral pile", "invisible", "hindi", "emoji",
        "short",
    ],
)  # fmt: skip
def test_two_hundred_kilobytes_of_anything_are_fast(text: str) -> None:
    text, _ = cut(text)
    best = min(_seconds(text) for _attempt in range(3))
    assert best < 0.2  # 0.02 to 0.08 on an idle machine


def test_a_text_of_characters_that_expand_eighteenfold_is_bounded() -> None:
    assert min(_seconds("\ufdfa" * 66_000) for _attempt in range(3)) < 0.5


def _seconds(text: str) -> float:
    started = time.process_time()
    tokens(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("foo bar", Query(("foo",), ("bar",))),
        ("foo foo foo", Query(("foo",), ("foo",))),
        ("東京", Query(("東京",), ())),
        ("東 foo 京", Query(("foo",), ("東", "京"))),
        ('"; DROP -- NOT (', Query(("drop",), ("not",))),
        ("  !!! ", Query()),
    ],
)
def test_query(text: str, query: Query) -> None:
    assert parse_query(text) == query


def test_renderers() -> None:
    query = parse_query("foo AND bar")
    assert to_fts5(query) == '"foo" AND "and" AND "bar"*'
    assert to_tsquery(query) == "'foo' & 'and' & 'bar':*"
    assert to_tsvector(["b", "a", "b"]) == "'b':1,3 'a':2"


def test_renderers_refuse_an_empty_query() -> None:
    for render in (to_fts5, to_tsquery):
        with pytest.raises(ValueError, match="empty"):
            render(Query())


def test_vector_stays_within_the_bounds_of_postgresql() -> None:
    many = to_tsvector(["same"] * 60_000)
    assert many.count(",") == 254
    late = to_tsvector([f"w{number}" for number in range(20_000)])
    assert late.endswith("'w19999':16383")
    wide = to_tsvector([f"{number:064d}" for number in range(60_000)])
    assert len(wide.encode()) < 1_048_576


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(body, tokenize='ascii', prefix='2 3')")
    yield connection
    connection.close()


def found(index: sqlite3.Connection, text: str, query: Query) -> bool:
    index.execute("DELETE FROM words")
    index.execute("INSERT INTO words (rowid, body) VALUES (1, ?)", (" ".join(tokens(text)),))
    return index.execute("SELECT 1 FROM words WHERE words MATCH ?", (to_fts5(query),)).fetchone() is not None


@settings(max_examples=400)
@given(text=REAL_TEXT)
def test_a_text_is_found_by_itself(index: sqlite3.Connection, text: str) -> None:
    query = parse_query(text)
    assert bool(query) == bool(tokens(text))
    if query:
        assert found(index, text, query)


@settings(max_examples=400)
@given(text=REAL_TEXT, asked=REAL_TEXT)
def test_fts5_answers_what_the_query_means(index: sqlite3.Connection, text: str, asked: str) -> None:
    query = parse_query(asked)
    if query:
        assert found(index, text, query) == query.matches(tokens(text))


@settings(max_examples=300)
@given(text=REAL_TEXT, data=st.data())
def test_every_beginning_of_a_word_finds_it(index: sqlite3.Connection, text: str, data: st.DataObject) -> None:
    words = tokens(text)
    if words:
        word = data.draw(st.sampled_from(words))
        asked = parse_query(word[: data.draw(st.integers(1, len(word)))])
        assert not asked or asked.matches(words)


@settings(max_examples=300)
@given(ANY_TEXT)
def test_tokens_hold_nothing_that_a_database_would_split_at_or_choke_on(text: str) -> None:
    for token in tokens(text):
        assert token
        assert all(not char.isascii() or char.isalnum() for char in token)
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zs") for char in token)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Connection]:
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.skip("runs with the suite on PostgreSQL")
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


ASKED = text_clause("SELECT CAST(:words AS tsvector) @@ CAST(:query AS tsquery)")


@settings(max_examples=200)
@given(text=REAL_TEXT, asked=REAL_TEXT)
def test_postgresql_answers_what_the_query_means(postgresql: Connection, text: str, asked: str) -> None:
    words = tokens(text)
    for query in filter(None, (parse_query(asked), parse_query(text))):
        bound = {"words": to_tsvector(words), "query": to_tsquery(query)}
        assert postgresql.execute(ASKED, bound).scalar_one() is query.matches(words)


def test_postgresql_takes_the_largest_vectors(postgresql: Connection) -> None:
    for text in ("a " * 100_000, "\ufdfa" * 66_000, "東京都" * 22_000, " ".join(f"{n:060d}" for n in range(3_300))):
        vector = to_tsvector(tokens(cut(text)[0]))
        assert postgresql.execute(text_clause("SELECT length(CAST(:v AS tsvector))"), {"v": vector}).scalar_one() > 0
    many = to_tsvector([f"{number:064d}" for number in range(60_000)])
    assert postgresql.execute(text_clause("SELECT length(CAST(:v AS tsvector))"), {"v": many}).scalar_one() > 10_000


def test_cut_ends_at_a_word() -> None:
    assert cut("short") == ("short", False)
    assert cut("one two three", 9) == ("one two", True)
    assert cut("one two three", 7) == ("one two", True)
    assert cut("東京都", 7) == ("東京", True)
    assert cut("é" * 10, 5) == ("éé", True)
    assert cut("lone \ud800 surrogate") == ("lone ? surrogate", False)


@settings(max_examples=200)
@given(ANY_TEXT, st.integers(1, 100))
def test_cut_fits_and_is_a_beginning(text: str, most: int) -> None:
    kept, was_cut = cut(text, most)
    assert len(kept.encode()) <= most
    assert was_cut or len(kept) == len(text)

"""The words of an edition."""

from collections import Counter

import pytest

from indexer.lexicon import LEXICON, document_words, read_lexicon, write_lexicon
from tests.indexer.made import document


def test_a_document_has_each_of_its_words_once_in_whatever_field():
    made = document("bins", title="Bins and bags", body="Bins, emptied. BINS!", tags="refuse")
    assert document_words(made) == {"bins", "and", "bags", "emptied", "refuse"}


def test_what_is_written_is_read(tmp_path):
    write_lexicon(tmp_path, Counter({"bins": 2, "tŷ": 1}))
    assert read_lexicon(tmp_path) == Counter({"bins": 2, "tŷ": 1})


def test_a_word_that_no_article_has_any_more_is_not_written(tmp_path):
    write_lexicon(tmp_path, Counter({"bins": 1, "qazgone": 0, "qazless": -1}))
    assert b"qaz" not in (tmp_path / LEXICON).read_bytes()
    assert "bins" in read_lexicon(tmp_path)


def test_a_word_that_is_not_there_counts_nothing(tmp_path):
    write_lexicon(tmp_path, Counter())
    assert read_lexicon(tmp_path)["unicorn"] == 0


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match=LEXICON):
        read_lexicon(tmp_path)


def test_a_broken_file_is_a_value_error(tmp_path):
    (tmp_path / LEXICON).write_bytes(b'{"bins": 2')
    with pytest.raises(ValueError, match="end of data|unexpected"):
        read_lexicon(tmp_path)

"""The corpus keeps its promises: schema, counts, hands, duplicates."""

import re
from collections import Counter
from itertools import groupby

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from alongside.core.rating import Move
from training.corpus import CORPUS, SPLITS, CorpusError, LabelledReply, read_corpus

NEARLY_THE_SAME = 0.8


@pytest.fixture(scope="module")
def corpus() -> list[LabelledReply]:
    return read_corpus()


def sentences(corpus: list[LabelledReply], split: str | None = None):
    return [one for reply in corpus if split in (None, reply.split) for one in reply.sentences]


def test_there_are_three_thousand_sentences_a_hundred_of_each_move_and_four_hundred_with_none(corpus):
    counts = Counter(move for one in sentences(corpus) for move in one.moves)
    assert len(sentences(corpus)) >= 3000
    assert all(counts[move] >= 100 for move in Move), counts
    assert sum(not one.moves for one in sentences(corpus)) >= 400


def test_every_reply_has_an_id_of_its_own_and_its_hand_in_it(corpus):
    assert len({reply.id for reply in corpus}) == len(corpus)
    assert all(reply.id.startswith(reply.writer + "-") for reply in corpus)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", reply.date) for reply in corpus)


def test_four_hands_and_more_and_a_test_hand_that_wrote_no_training_line(corpus):
    hands = {split: {reply.writer for reply in corpus if reply.split == split} for split in SPLITS}
    assert len(set().union(*hands.values())) >= 4
    assert all(len(hands[split]) == 1 for split in ("dev", "test"))
    assert not any(hands[a] & hands[b] for a, b in (("train", "dev"), ("train", "test"), ("dev", "test")))


def test_a_fifth_was_coded_a_second_time_and_where_the_two_differ_it_is_unclear(corpus):
    twice = [one for one in sentences(corpus) if one.second is not None]
    assert len(twice) >= len(sentences(corpus)) / 5
    assert all(one.unclear for one in twice if one.second != one.moves)


def bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.lower().replace("'", "").replace("’", "")).split())


def near_pairs(texts: list[str]) -> list[tuple[int, int]]:
    """Give the places of all pairs that share four fifths of their trigrams: such a pair is of nearly one size."""
    grams = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.float32)
    table = grams.fit_transform([text or "∅∅∅" for text in texts])
    sizes = np.asarray(table.sum(1)).ravel()
    order = np.argsort(sizes, kind="stable")
    table, sizes = table[order], sizes[order]
    found = []
    for start in range(0, len(texts), 200):
        some = table[start : start + 200]
        end = np.searchsorted(sizes, sizes[start + some.shape[0] - 1] / NEARLY_THE_SAME, side="right")
        common = (some @ table[start:end].T).tocoo()
        rows, columns = common.row + start, common.col + start
        alike = common.data / (sizes[rows] + sizes[columns] - common.data) >= NEARLY_THE_SAME
        found += zip(order[rows[alike]], order[columns[alike]], strict=True)
    return sorted({(int(min(pair)), int(max(pair))) for pair in found if pair[0] != pair[1]})


def test_few_sentences_nearly_repeat_another_and_none_does_so_across_splits(corpus):
    marked = [(reply.split, bare(one.text)) for reply in corpus for one in reply.sentences]
    pairs = near_pairs([text for _, text in marked])
    across = [(marked[a], marked[b]) for a, b in pairs if marked[a][0] != marked[b][0]]
    assert across == []
    for split in SPLITS:
        repeats = {b for a, b in pairs if marked[a][0] == split}
        assert len(repeats) <= 0.05 * sum(one[0] == split for one in marked)


def test_no_disclosure_is_told_in_two_splits(corpus):
    split_of: dict[str, set[str]] = {}
    for reply in corpus:
        split_of.setdefault(bare(reply.disclosure), set()).add(reply.split)
    assert all(len(splits) == 1 for splits in split_of.values())


def test_a_damaged_line_is_named_by_file_and_line(tmp_path):
    good = (CORPUS / "hazel.jsonl").read_text("utf-8").splitlines()[0]
    (tmp_path / "oak.jsonl").write_text(good + "\n" + good.replace('"split": "test"', '"split": "exam"'), "utf-8")
    with pytest.raises(CorpusError, match=r"oak\.jsonl:2: the split is unknown"):
        read_corpus(tmp_path)


def test_replies_of_one_disclosure_stand_together(corpus):
    runs = [run for run, _ in groupby((reply.writer, reply.disclosure) for reply in corpus)]
    assert len(runs) == len({disclosure for _, disclosure in runs})

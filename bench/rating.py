"""Measures the rater on the test split beside four baselines, and what a rating costs. Prints one table.

Run: ``make bench``. Figures of time are of one thread on this machine; read them as ratios.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from alongside.core.rating import Move, Stance, rate
from bench.word_list import moves_by_words
from training.corpus import LabelledReply, LabelledSentence, read_corpus
from training.measures import Flags, accuracy_and_kappa, falsely_accused, flags_of, score, stances


@dataclass(frozen=True)
class Split:
    """The clear sentences of one split: replies that hold any, the sentences, and their true moves (sentences × 18)."""

    replies: list[LabelledReply]
    sentences: list[LabelledSentence]
    reply_of: list[str]
    true: Flags

    @classmethod
    def of(cls, name: str, corpus: Sequence[LabelledReply]) -> "Split":
        """Take one split out of the corpus."""
        clear = [(r, s) for r in corpus if r.split == name for s in r.sentences if not s.unclear]
        replies = list({r.id: r for r, _ in clear}.values())
        return cls(replies, [s for _, s in clear], [r.id for r, _ in clear], flags_of(s.moves for _, s in clear))

    @property
    def texts(self) -> list[str]:
        """The sentences' texts."""
        return [sentence.text for sentence in self.sentences]


def main() -> None:
    """Measure and print."""
    corpus = read_corpus()
    train, dev, test = (Split.of(name, corpus) for name in ("train", "dev", "test"))
    shown = {
        "majority": np.zeros_like(test.true),
        "word list": flags_of(map(moves_by_words, test.texts)),
        "TF-IDF + logistic regression": _tfidf(train, dev, test),
        "Alongside": _alongside(test),
    }
    true_stances = stances(test.true, test.reply_of)
    commonest = max(Stance, key=stances(train.true, train.reply_of).count)
    given = {name: stances(flags, test.reply_of) for name, flags in shown.items()}
    given["majority"] = [commonest] * len(true_stances)
    given["VADER sentiment"] = _vader(dev, test)

    hands = ", ".join(sorted({reply.writer for reply in test.replies}))
    print(f"Test split: {len(test.texts)} clear sentences of {len(true_stances)} replies; hand: {hands}.\n")
    print("| rater | macro-F1 | falsely accused | stance accuracy | stance kappa |\n|---|---|---|---|---|")
    for name, found in given.items():
        accuracy, kappa = accuracy_and_kappa(found, true_stances)
        flags = shown.get(name)
        f1 = "–" if flags is None else f"{score(flags, test.true).macro_f1:.3f}"
        accused = "–" if flags is None else f"{falsely_accused(flags, test.true, test.reply_of)[0]:.1%}"
        print(f"| {name} | {f1} | {accused} | {accuracy:.3f} | {kappa:.2f} |")

    print("\n| move | sentences | " + " | ".join(shown) + " |\n" + "|---" * (len(shown) + 2) + "|")
    scores = {name: score(flags, test.true) for name, flags in shown.items()}
    for row, move in enumerate(Move):
        cells = " | ".join(f"{scores[name].f1[row]:.2f}" for name in shown)
        print(f"| {move.value} | {scores['Alongside'].support[row]} | {cells} |")
    _print_cost(test)


def _alongside(test: Split) -> Flags:
    """Rate whole replies, then take the clear sentences."""
    rows = []
    for reply in test.replies:
        rated = rate(reply.disclosure, [sentence.text for sentence in reply.sentences])
        for sentence, label in zip(rated.sentences, reply.sentences, strict=True):
            if not label.unclear:
                rows.append(sentence.moves)
    return flags_of(rows)


def _tfidf(train: Split, dev: Split, test: Split) -> Flags:
    """Words and pieces of words, one classifier a move, one threshold set on the development split."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
    )
    classifier = make_pipeline(
        features, OneVsRestClassifier(LogisticRegression(C=10, class_weight="balanced", solver="liblinear"))
    )
    classifier.fit(train.texts, train.true)
    on_dev = classifier.predict_proba(dev.texts)
    thresholds = np.arange(0.1, 0.9, 0.05)
    best = max(thresholds, key=lambda threshold: score(on_dev >= threshold, dev.true).macro_f1)
    flags: Flags = classifier.predict_proba(test.texts) >= best
    return flags


def _vader(dev: Split, test: Split) -> list[Stance]:
    """Let sentiment stand for stance: kind leans in, unkind pulls back; the border is set on the development split."""
    analyser = SentimentIntensityAnalyzer()

    def tones(split: Split) -> list[list[float]]:
        texts: dict[str, list[str]] = {}
        for reply, text in zip(split.reply_of, split.texts, strict=True):
            texts.setdefault(reply, []).append(text)
        return [[analyser.polarity_scores(text)["compound"] for text in group] for group in texts.values()]

    def judge(tone: list[float], border: float) -> Stance:
        kind, unkind = max(tone) > border, min(tone) < -border
        if kind and unkind:
            return Stance.MIXED
        return Stance.LEANS_IN if kind else Stance.PULLS_BACK if unkind else Stance.NEUTRAL

    wanted, on_dev = stances(dev.true, dev.reply_of), tones(dev)
    border = max(np.arange(0.0, 0.8, 0.05), key=lambda b: accuracy_and_kappa([judge(t, b) for t in on_dev], wanted)[0])
    return [judge(tone, border) for tone in tones(test)]


def _print_cost(test: Split) -> None:
    times, sentences = [], 0
    for reply in test.replies:
        texts = [sentence.text for sentence in reply.sentences]
        began = time.perf_counter()
        rate(reply.disclosure, texts)
        times.append((time.perf_counter() - began) * 1000)
        sentences += len(texts)
    cold, memory = _cold_start()
    print("\n| cost, one thread | value |\n|---|---|")
    print(f"| milliseconds per reply, median | {np.median(times):.1f} |")
    print(f"| milliseconds per reply, 95th percentile | {np.percentile(times, 95):.1f} |")
    print(f"| sentences per second | {sentences / (sum(times) / 1000):.0f} |")
    print(f"| cold start: a new process to its first rating, seconds | {cold:.2f} |")
    print(f"| resident memory of that process, MB | {memory:.0f} |")


def _cold_start() -> tuple[float, float]:
    """Give the seconds from starting Python to the first rating, and the peak memory in MB, of a process of its own."""
    code = (
        "import resource; from alongside.core.rating import rate; rate('i went back', 'I am glad you told me.'); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


if __name__ == "__main__":
    main()

"""How well the model finds the spans of articles that it was not trained on.

It counts exact spans by words, which is close to, but not, the measure of the scorer: that one reads what the whole
program prints.
"""

import functools

import jax
import numpy as np

import corpus
import model


def viterbi(emissions, transitions, starts):
    """The likeliest labels of a window's rows."""
    best = starts + emissions[0]
    back = np.zeros(emissions.shape, np.int32)
    for i, e in enumerate(emissions[1:], 1):
        scores = best[:, None] + transitions
        back[i], best = scores.argmax(0), scores.max(0) + e
    labels = [int(best.argmax())]
    for row in back[:0:-1]:
        labels.append(int(row[labels[-1]]))
    return labels[::-1]


def spans(labels):
    """The (kind, first, last) that labels of consecutive words mean."""
    found, i = set(), 0
    while i < len(labels):
        j = i + 1
        if labels[i] % 2 == 1:
            while j < len(labels) and labels[j] == labels[i] + 1:
                j += 1
            found.add((labels[i] // 2, i, j))
        i = j
    return found


@functools.partial(jax.jit, static_argnums=3)
def outputs(words, p, x, head):
    return model.emissions(p["heads"][head], model.encode(words, p, x["ids"], x["shapes"]))


def f1(words, p, articles, size=128, together=12):
    """F1 of exact spans, in percent, by head and kind."""
    counts = {name: np.zeros((len(labels) // 2, 3)) for name, labels in corpus.LABELS.items()}
    moves = {name: [np.asarray(m) for m in model.moves(head)] for name, head in p["heads"].items()}
    todo = corpus.windows(articles, size)
    for first in range(0, len(todo), together):
        some = todo[first:first + together]
        x, rows = corpus.batch(some + [some[-1]] * (together - len(some)), size)
        inputs = {k: x[k] for k in ("ids", "shapes")}
        for name in counts:
            scores = np.asarray(outputs(words, p, inputs, name))
            for b, (article, paragraphs, _) in enumerate(some):
                places = np.nonzero(x["valid"][b])[0]
                label = dict(zip(places.tolist(), viterbi(scores[b, places], *moves[name])))
                for start, end in paragraphs:
                    got = spans([label.get(rows[b].get(i), 0) for i in range(start, end)])
                    want = article.labels[name][start:end].tolist()
                    if -1 in want:
                        continue
                    want = spans(want)
                    for column, which in enumerate((got & want, want, got)):
                        for kind, _, _ in which:
                            counts[name][kind, column] += 1
    return {name: {kind: round(float(200 * c[0] / max(1, c[1] + c[2])), 1)
                   for kind, c in zip([label[2:] for label in corpus.LABELS[name][1::2]], count)}
            for name, count in counts.items()}

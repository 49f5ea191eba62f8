"""Articles as the model sees them: paragraphs of words of word pieces, with labels, packed into windows.

An article of the corpus is a JSON object a line: id, text, attributions with the spans of source, cue and content, in
code points. Its tokens, in a file of their own, carry parts of speech and kinds of names that a tagger gave them, which
serve as further teachers. What is made of both must be what package encoder makes of a text: words and pieces as
wordpiece has them, windows as Pack has them.
"""

import bisect
import gzip
import json

import numpy as np

CLS, SEP, PAD, MASK = 101, 102, 0, 103
FIRST_WORD = 104  # The first piece of the vocabulary that is neither special nor unused.

ROLES = ["source", "cue", "content"]
NAMES = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "other"}
POS = ("CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP "
       "VBZ WDT WP WP$ WRB").split()


def bio(kinds):
    """The labels of a tag head: O, then B and I of each kind."""
    return ["O"] + [p + k for k in kinds for p in ("B-", "I-")]


LABELS = {"head": bio(ROLES), "names": bio(list(NAMES.values()))}


def lines(path):
    with gzip.open(path, "rt") as f:
        return [json.loads(line) for line in f]


def load(path, tokens_path, tokeniser):
    """The articles of a corpus file, with the tokens that belong to them; those few without tokens teach no names."""
    tokens = {t["id"]: [x for s in t["sentences"] for x in s] for t in lines(tokens_path)}
    return [Article(a, tokens.get(a["id"], []), tokeniser) for a in lines(path)]


class Article:
    """words are (start, end, pieces, shape); labels hold one per word and head; links are (cue, role, other), as words
    that begin a span; paragraphs are ranges of words."""

    def __init__(self, record, tokens, tokeniser):
        self.text = record["text"]
        self.words, self.paragraphs = [], []
        at = 0
        for line in self.text.split("\n"):
            if line.strip():
                first = len(self.words)
                self.words += paragraph(self.text, at, at + len(line), tokeniser)
                if len(self.words) > first:
                    self.paragraphs.append((first, len(self.words)))
            at += len(line) + 1
        self.starts = [w[0] for w in self.words]
        self.labels = {"head": np.zeros(len(self.words), np.int32)}
        self.links = []
        self.attributions = record["attributions"]
        for a in self.attributions:
            self.attribute(a)
        self.mend(self.labels["head"])
        self.teach(tokens)

    def covered(self, start, end):
        """The words that a span touches."""
        i = max(0, bisect.bisect_right(self.starts, start) - 2)
        while i < len(self.words) and self.words[i][1] <= start:
            i += 1
        j = i
        while j < len(self.words) and self.words[j][0] < end:
            j += 1
        return range(i, j)

    def attribute(self, a):
        """Labels the spans of an attribution: the cue over a content that holds it, and a source over both, unless a
        source stands there already."""
        labels, cue, others = self.labels["head"], None, []
        for role in ("content", "cue", "source"):
            b = 1 + 2 * ROLES.index(role)
            for start, end in a[role]:
                words = self.covered(start, end)
                if not words:
                    continue
                if role != "cue":
                    others.append((0 if role == "source" else 1, words[0]))
                elif cue is None:
                    cue = words[0]
                if role == "source" and all(labels[i] in (b, b + 1) for i in words):
                    continue
                labels[words.start:words.stop] = b + 1
                labels[words[0]] = b
        if cue is not None:
            self.links += [(cue, role, i) for role, i in others]

    def mend(self, labels):
        """Begins anew what another span or the end of a paragraph has cut."""
        for first, last in self.paragraphs:
            before = 0
            for i in range(first, last):
                if labels[i] > 0 and labels[i] % 2 == 0 and before not in (labels[i], labels[i] - 1):
                    labels[i] -= 1
                before = labels[i]

    def teach(self, tokens):
        """Labels words with the kind of name and the part of speech of the token in which they begin."""
        names, pos = np.full((2, len(self.words)), -1, np.int32)
        self.labels["names"], self.labels["pos"] = names, pos
        if not tokens:
            return
        names[:] = 0
        starts = [t[0] for t in tokens]
        last, kind = None, "O"
        for i, (start, _, _, _) in enumerate(self.words):
            k = bisect.bisect_right(starts, start) - 1
            if k < 0 or tokens[k][1] <= start:
                last, kind = None, "O"
                continue
            pos[i] = POS.index(tokens[k][2]) if tokens[k][2] in POS else -1
            tag = tokens[k][3] if tokens[k][3] in NAMES else "O"
            if tag != "O":
                b = 1 + 2 * list(NAMES).index(tag)
                names[i] = b + 1 if tag == kind and last in (k, k - 1) else b
            last, kind = k, tag
        self.mend(names)


def paragraph(text, start, end, tokeniser):
    """The words of a paragraph."""
    encoded = tokeniser.encode(text[start:end], add_special_tokens=False)
    words, last = [], None
    for piece, (a, b), word in zip(encoded.ids, encoded.offsets, encoded.word_ids):
        if word != last or last is None:
            words.append([start + a, start + b, [piece]])
        else:
            words[-1][1] = start + b
            words[-1][2].append(piece)
        last = word
    return [(a, b, pieces, shape(text, a, b, start)) for a, b, pieces in words]


def shape(text, start, end, paragraph_start):
    """What an uncased model would not see of a word, as wordpiece.Shape has it."""
    word, case = text[start:end], 0
    if any(c.isalpha() for c in word):
        if word[0].isupper():
            case = 2 if len(word) > 1 and word.isupper() else 1
        elif any(c.isupper() for c in word):
            case = 3
    return 2 * case + (start == paragraph_start or text[start - 1].isspace())


def windows(articles, size, rng=None, breaks=0.0):
    """Packs consecutive paragraphs into windows of at most size pieces; a longer paragraph stands alone. With rng, a
    window also ends before a paragraph by chance. Returns (article, paragraphs, pieces)."""
    packed = []
    for a in articles:
        current, pieces = [], 1
        for p in a.paragraphs:
            n = sum(len(w[2]) for w in a.words[p[0]:p[1]]) + 1
            if current and (pieces + n > size or rng is not None and rng.random() < breaks):
                packed.append((a, current, pieces))
                current, pieces = [], 1
            current.append(p)
            pieces += n
        if current:
            packed.append((a, current, pieces))
    return packed


def batch(some, size):
    """Arrays of windows by pieces: ids, shapes, valid (first pieces of words, and separators), labels by head, and link
    (window, role, cue, other). Also where each word of each window stands. What goes beyond size is cut off."""
    n = len(some)
    x = {"ids": np.zeros((n, size), np.int32), "shapes": np.zeros((n, size), np.int32),
         "valid": np.zeros((n, size), bool), "link": np.zeros((n, 2, size, size), np.uint8),
         "head": np.zeros((n, size), np.int32), "names": np.zeros((n, size), np.int32),
         "pos": np.full((n, size), -1, np.int32)}
    rows = []
    for b, (a, paragraphs, _) in enumerate(some):
        x["ids"][b, 0] = CLS
        at, row = 1, {}
        for first, last in paragraphs:
            for i in range(first, last):
                pieces = a.words[i][2]
                if at + len(pieces) >= size:
                    break
                x["ids"][b, at:at + len(pieces)] = pieces
                x["shapes"][b, at:at + len(pieces)] = a.words[i][3]
                x["valid"][b, at] = True
                for head in ("head", "names", "pos"):
                    x[head][b, at] = a.labels[head][i]
                row[i] = at
                at += len(pieces)
            if at < size:
                x["ids"][b, at], x["valid"][b, at] = SEP, True
                at += 1
        for cue, role, other in a.links:
            if cue in row and other in row:
                x["link"][b, role, row[cue], row[other]] = 1
        rows.append(row)
    return x, rows

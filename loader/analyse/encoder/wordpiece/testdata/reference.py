"""Prints what the tests of package wordpiece compare with: the reference's reading of PolNeAR's dev split.

usage: reference.py dev.jsonl.gz tokenizer.json
tokenizer.json is that of all-MiniLM-L6-v2; needs the package tokenizers (0.23.3 was used).

Of every line of every text, each word gives the line "start end shape piece piece…", offsets in bytes of UTF-8; printed
are the numbers of lines, words and pieces, and the SHA-256 of all of that.
"""
import gzip, hashlib, json, sys

from tokenizers import Tokenizer


def shape(line, start, end):
    word = line[start:end]
    case = 0
    if any(c.isalpha() for c in word) and any(c.isupper() for c in word):
        case = 3 if not word[0].isupper() else 2 if len(word) > 1 and word.isupper() else 1
    return 2 * case + (start == 0 or line[start - 1].isspace())


def words(line):
    encoding = reference.encode(line, add_special_tokens=False)
    last, out = None, []
    for piece, (start, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids):
        if word != last:
            out.append([start, end, []])
        out[-1][1] = end
        out[-1][2].append(piece)
        last = word
    return out


reference = Tokenizer.from_file(sys.argv[2])
reference.no_padding()
reference.no_truncation()
digest, counts = hashlib.sha256(), [0, 0, 0]
for article in gzip.open(sys.argv[1], "rt"):
    for line in json.loads(article)["text"].split("\n"):
        counts[0] += 1
        at = [0]
        for c in line:
            at.append(at[-1] + len(c.encode()))
        for start, end, pieces in words(line):
            counts[1] += 1
            counts[2] += len(pieces)
            row = [at[start], at[end], shape(line, start, end), *pieces]
            digest.update((" ".join(map(str, row)) + "\n").encode())
print(*counts, digest.hexdigest())

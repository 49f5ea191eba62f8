"""Writes reference.json: the places that the published model gives a few texts, by arithmetic of numpy in float32.

    python reference.py FOLDER-OF-ALL-MINILM-L6-V2

Needs numpy, safetensors and tokenizers. Attention, layer norm and the exact GELU are written out here, so that nothing is
shared with what they check.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

TEXTS = [
    "The ministry denied that the dam had failed.",
    "Officials rejected reports of a collapse at the dam.",
    "A ferry with ninety people on board reached the island on Tuesday.",
    "Ministers will meet in the capital next week to discuss water.",
    "“No,” she said.",
    "İstanbul'da 3,500 kişi — naïve façade, 12½ km",
    "The spokesman, who did not want to be named, said that neither the northern army nor the harbour police had been told "
    "of the visit before the delegation’s aircraft had landed, and that the council would therefore ask for an explanation.",
]
LAYERS, HEADS = 6, 12

folder = Path(sys.argv[1])
w = load_file(folder / "model.safetensors")
tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
tokens.no_padding()
tokens.no_truncation()
erf = np.vectorize(math.erf)


def norm(x, name):
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * w[name + ".weight"] + w[name + ".bias"]


def dense(x, name):
    return x @ w[name + ".weight"].T + w[name + ".bias"]


def embed(text):
    ids = tokens.encode(text).ids
    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}."
        q, k, v = (
            dense(x, layer + "attention.self." + part).reshape(len(ids), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        fit = np.exp(q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1]))
        attended = (fit / fit.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(ids), -1)
        x = norm(x + dense(attended, layer + "attention.output.dense"), layer + "attention.output.LayerNorm")
        wide = dense(x, layer + "intermediate.dense")
        wide = wide * (1 + erf(wide / math.sqrt(2))) / 2
        x = norm(x + dense(wide, layer + "output.dense"), layer + "output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


cases = [{"text": text, "vector": [round(float(v), 4) for v in embed(text)]} for text in TEXTS]
lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
Path(__file__).with_name("reference.json").write_text("[\n" + lines + "\n]\n", encoding="utf-8")

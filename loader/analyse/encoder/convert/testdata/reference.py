"""Writes tiny.checkpoint and tiny.json beside itself: a random model in the form that training exports, and what numpy
makes of a few windows by the formulas of BERT, in float32 throughout, and with what goes into matrices rounded to eight
bits."""
import json, pathlib, struct

import numpy as np

PIECES, WINDOW, LAYERS, HIDDEN, INNER, LABELS, ROLES, LINK, DISTANCES, HEAD = 40, 24, 2, 64, 96, 7, 2, 32, 24, 32
rng = np.random.default_rng(7)
header, blobs, model = [], [], {}


def normal(*shape, spread=0.3):
    return rng.normal(0, spread, shape).astype(np.float32)


def add(name, values, dtype):
    """exports an array, and keeps for the reference what the exported one means"""
    if dtype == "f32":
        raw, meant = values.tobytes(), values
    elif dtype == "f16":
        raw, meant = values.astype(np.float16).tobytes(), values.astype(np.float16).astype(np.float32)
    else:
        axis = 1 if dtype == "i8r" else 0
        step = np.abs(values).max(axis, keepdims=True) / np.float32(127)
        rounded = np.rint(values / step).astype(np.int8)
        raw, meant = rounded.tobytes() + step.astype(np.float32).tobytes(), rounded * step
    raw += b"\0" * (-len(raw) % 4)
    header.append(dict(Name=name, Shape=list(values.shape), Off=sum(map(len, blobs)), Dtype=dtype))
    blobs.append(raw)
    model[name] = meant.astype(np.float32)


def norm_parameters(name):
    add(name + ".g", 1 + normal(HIDDEN), "f32")
    add(name + ".b", normal(HIDDEN), "f32")


add("word", normal(PIECES, HIDDEN), "i8r")
add("pos", normal(WINDOW, HIDDEN), "f16")
add("feat", normal(8, HIDDEN), "f32")
norm_parameters("ln")
for i in range(LAYERS):
    for name, rows, columns in (("qkv", HIDDEN, 3 * HIDDEN), ("o", HIDDEN, HIDDEN), ("1", HIDDEN, INNER), ("2", INNER, HIDDEN)):
        add(f"{i:02}.w{name}", normal(rows, columns, spread=0.15), "i8c")
        add(f"{i:02}.b{name}", normal(columns), "f32")
    norm_parameters(f"{i:02}.ln1")
    norm_parameters(f"{i:02}.ln2")
add("head.w", normal(HIDDEN, LABELS), "f32")
add("head.b", normal(LABELS), "f32")
add("head.tr", normal(LABELS, LABELS), "f32")
add("head.st", normal(LABELS), "f32")
add("head.uv", normal(HIDDEN, LINK * (1 + ROLES)), "i8c")
add("head.uvb", normal(LINK * (1 + ROLES)), "f32")
add("head.dist", normal(ROLES, DISTANCES), "f32")
add("head.lb", normal(ROLES), "f32")


def norm(x, name):
    d = x - x.mean(-1, keepdims=True)
    return d / np.sqrt((d * d).mean(-1, keepdims=True) + 1e-12) * model[name + ".g"] + model[name + ".b"]


def gelu(x):
    return x / (1 + np.exp(-np.sqrt(8 / np.pi) * (x + 0.044715 * x**3)))


eight_bits = False


def linear(x, weights, bias):
    if eight_bits and weights != "head.w":
        largest = np.abs(x).max(-1, keepdims=True)
        x = np.rint(x * (127 / largest)).astype(np.float32) * (largest / 127)
    return x @ model[weights] + model[bias]


def encode(pieces, shapes):
    n = len(pieces)
    x = norm(model["word"][pieces] + model["pos"][:n] + model["feat"][shapes], "ln")
    for i in range(LAYERS):
        q, k, v = linear(x, f"{i:02}.wqkv", f"{i:02}.bqkv").reshape(n, 3, HIDDEN // HEAD, HEAD).transpose(1, 2, 0, 3)
        a = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(HEAD))
        o = (a / a.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, HIDDEN)
        x = norm(x + linear(o, f"{i:02}.wo", f"{i:02}.bo"), f"{i:02}.ln1")
        x = norm(x + linear(gelu(linear(x, f"{i:02}.w1", f"{i:02}.b1")), f"{i:02}.w2", f"{i:02}.b2"), f"{i:02}.ln2")
    return x


def links(x):
    n = len(x)
    u, v = np.split(linear(x, "head.uv", "head.uvb"), [LINK], 1)
    score = np.einsum("td,srd->rts", u, v.reshape(n, ROLES, LINK)) / np.sqrt(LINK)
    d = np.arange(n)[None] - np.arange(n)[:, None]
    half = DISTANCES // 2
    c = np.minimum(half - 1, np.floor(np.log2(np.maximum(np.abs(d), 1)) * 1.6)).astype(int) + half * (d >= 0)
    return score + model["head.dist"][:, c] + model["head.lb"][:, None, None]


def scores(pieces, shapes):
    x = encode(pieces, shapes)
    return [round(float(f), 4) for part in (linear(x, "head.w", "head.b"), links(x)[:, :3]) for f in part.ravel()]


windows = []
for n in (1, 2, 13, 24):
    pieces, shapes = rng.integers(0, PIECES, n), rng.integers(0, 8, n)
    window = dict(pieces=pieces.tolist(), shapes=shapes.tolist())
    for eight_bits in (False, True):
        window["rounded" if eight_bits else "exact"] = scores(pieces, shapes)
    windows.append(window)
here = pathlib.Path(__file__).parent
head = json.dumps(dict(Arrays=header)).encode()
(here / "tiny.checkpoint").write_bytes(struct.pack("<I", len(head)) + head + b"".join(blobs))
(here / "tiny.json").write_text(json.dumps(windows) + "\n")

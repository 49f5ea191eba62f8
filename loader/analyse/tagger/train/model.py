"""A BERT-like encoder with tag heads and a link head, in plain jax.

The numbers are those of package encoder: the base model's word embeddings stay as they are, everything else is trained.
To what the base model knows of a piece comes the shape of its word, which lower-casing drops.
"""

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

from corpus import LABELS, PAD, POS

HIDDEN, HEADS, LAYERS, WINDOW = 384, 12, 6, 512
SIZE = HIDDEN // HEADS
LINK, DISTANCES, SHAPES = 96, 24, 8
FORBIDDEN = -1e4


def initial(path, seed):
    """The base model's word embeddings, and what is trained: the rest of it, and heads drawn at random."""
    w = load_file(path)
    rng = np.random.default_rng(seed)

    def normal(*shape):
        return rng.normal(0, 0.02, shape).astype(np.float32)

    def norm(name):
        return [w[name + ".weight"], w[name + ".bias"]]

    def tags(labels):
        n = len(labels)
        return {"w": normal(HIDDEN, n), "b": np.zeros(n, np.float32),
                "tr": np.zeros((n, n), np.float32), "st": np.zeros(n, np.float32)}

    layers = []
    for i in range(LAYERS):
        p = f"encoder.layer.{i}."
        attention = p + "attention.self."
        layers.append({
            "wqkv": np.concatenate([w[attention + x + ".weight"].T for x in ("query", "key", "value")], 1),
            "bqkv": np.concatenate([w[attention + x + ".bias"] for x in ("query", "key", "value")]),
            "wo": w[p + "attention.output.dense.weight"].T.copy(), "bo": w[p + "attention.output.dense.bias"],
            "ln1": norm(p + "attention.output.LayerNorm"),
            "w1": w[p + "intermediate.dense.weight"].T.copy(), "b1": w[p + "intermediate.dense.bias"],
            "w2": w[p + "output.dense.weight"].T.copy(), "b2": w[p + "output.dense.bias"],
            "ln2": norm(p + "output.LayerNorm"),
        })
    trained = {
        "pos": w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0],
        "feat": np.zeros((SHAPES, HIDDEN), np.float32), "ln": norm("embeddings.LayerNorm"), "layers": layers,
        "heads": {name: tags(labels) for name, labels in LABELS.items()},
        "speech": {"w": normal(HIDDEN, len(POS)), "b": np.zeros(len(POS), np.float32)},
        "link": {"uv": normal(HIDDEN, 3 * LINK), "uvb": np.zeros(3 * LINK, np.float32),
                 "dist": np.zeros((2, DISTANCES), np.float32), "lb": np.full(2, -1, np.float32)},
    }
    return w["embeddings.word_embeddings.weight"], trained


def norm(x, p):
    d = x - x.mean(-1, keepdims=True)
    return d * jax.lax.rsqrt((d * d).mean(-1, keepdims=True) + 1e-12) * p[0] + p[1]


def drop(x, rate, noise):
    """Dropout by random bytes of x's shape, or none."""
    if noise is None:
        return x
    t = int(256 * rate)
    return jnp.where(noise >= np.uint8(t), x * (256 / (256 - t)), 0)


def encode(words, p, ids, shapes, noise=None, rate=0.0):
    """The last layer's values by piece: (windows, pieces, HIDDEN)."""
    n, size = ids.shape
    outside = jnp.where(ids != PAD, 0.0, -1e9)[:, None, None, :]
    noise = [None] * (2 * LAYERS + 1) if noise is None else list(noise)
    x = drop(norm(words[ids] + p["pos"][:size] + p["feat"][shapes], p["ln"]), rate, noise[0])
    for i, layer in enumerate(p["layers"]):
        qkv = (x.reshape(-1, HIDDEN) @ layer["wqkv"] + layer["bqkv"]).reshape(n, size, 3, HEADS, SIZE)
        q, k, v = qkv.transpose(2, 0, 3, 1, 4)
        a = jax.nn.softmax(jnp.einsum("bhtd,bhsd->bhts", q * SIZE**-0.5, k) + outside, -1)
        o = jnp.einsum("bhts,bhsd->bhtd", a, v).transpose(0, 2, 1, 3).reshape(-1, HIDDEN)
        x = norm(x + drop((o @ layer["wo"] + layer["bo"]).reshape(x.shape), rate, noise[2 * i + 1]), layer["ln1"])
        f = jax.nn.gelu(x.reshape(-1, HIDDEN) @ layer["w1"] + layer["b1"], approximate=True) @ layer["w2"] + layer["b2"]
        x = norm(x + drop(f.reshape(x.shape), rate, noise[2 * i + 2]), layer["ln2"])
    return x


def emissions(head, x):
    return x @ head["w"] + head["b"]


def moves(head):
    """The scores of transitions and of beginnings, with those ruled out that put an I behind anything but its B or I."""
    n = head["b"].shape[0]
    to, of = np.arange(n)[None, :], np.arange(n)[:, None]
    inside = (to > 0) & (to % 2 == 0)
    forbidden = inside & (of != to) & (of != to - 1)
    return head["tr"] + forbidden * FORBIDDEN, head["st"] + inside[0] * FORBIDDEN


def crf_loss(head, x, labels, valid):
    """Minus the log-likelihood of the labels of the valid rows, of all windows together (Lafferty et al. 2001)."""
    transitions, starts = moves(head)
    n = labels.shape[0]

    def step(carry, row):
        alpha, gold, before, fresh = carry
        e, label, ok = row
        on = jnp.where(fresh[:, None], starts + e, jax.nn.logsumexp(alpha[:, :, None] + transitions, 1) + e)
        score = gold + jnp.where(fresh, starts[label], transitions[before, label])
        score += jnp.take_along_axis(e, label[:, None], 1)[:, 0]
        return (jnp.where(ok[:, None], on, alpha), jnp.where(ok, score, gold), jnp.where(ok, label, before),
                fresh & ~ok), None

    first = (jnp.zeros((n, starts.shape[0])), jnp.zeros(n), jnp.zeros(n, jnp.int32), jnp.ones(n, bool))
    rows = (emissions(head, x).transpose(1, 0, 2), labels.T, valid.T)
    (alpha, gold, _, fresh), _ = jax.lax.scan(step, first, rows)
    return jnp.where(fresh, 0, jax.nn.logsumexp(alpha, 1) - gold).sum()


def links(p, x):
    """Log-odds that what begins in a row belongs to the cue that begins in a row: (windows, role, cue, other)."""
    n, size, _ = x.shape
    y = x @ p["link"]["uv"] + p["link"]["uvb"]
    u, v = y[..., :LINK], y[..., LINK:].reshape(n, size, 2, LINK)
    d = np.arange(size)[None, :] - np.arange(size)[:, None]
    half = DISTANCES // 2
    bucket = np.minimum(half - 1, np.floor(np.log2(np.maximum(np.abs(d), 1)) * 1.6)).astype(np.int32) + half * (d >= 0)
    scores = jnp.einsum("btd,bsrd->brts", u, v) * LINK**-0.5
    return scores + p["link"]["dist"][:, bucket] + p["link"]["lb"][:, None, None]


def loss(p, words, x, noise, rate, weights):
    """What is minimised, and its parts, each a mean over what it speaks of."""
    h = encode(words, p, x["ids"], x["shapes"], noise, rate)
    n = x["valid"].sum()
    parts = {name: crf_loss(head, h, jnp.maximum(x[name], 0), x["valid"] & (x[name] >= 0)) / n
             for name, head in p["heads"].items()}
    log = jax.nn.log_softmax(emissions(p["speech"], h))
    known = x["pos"] >= 0
    picked = jnp.take_along_axis(log, jnp.maximum(x["pos"], 0)[..., None], -1)[..., 0]
    parts["pos"] = -(picked * known).sum() / jnp.maximum(known.sum(), 1)
    source, cue, content = ((x["head"] == b) & x["valid"] for b in (1, 3, 5))
    pairs = cue[:, None, :, None] & jnp.stack([source, content], 1)[:, :, None, :]
    s = links(p, h)
    surprise = jnp.maximum(s, 0) - s * x["link"] + jnp.log1p(jnp.exp(-jnp.abs(s)))
    parts["link"] = (surprise * pairs).sum() / jnp.maximum(pairs.sum(), 1)
    return sum(weights[name] * part for name, part in parts.items()), parts

"""Trains the tagger: python train.py --help"""

import argparse
import json
import pathlib
import pickle
import queue
import random
import threading
import time

parser = argparse.ArgumentParser(description="Train the tagger of attributions and names from the PolNeAR corpus.")
parser.add_argument("corpus", type=pathlib.Path, help="folder with train.jsonl.gz, train.tokens.jsonl.gz and the same of dev")
parser.add_argument("base", type=pathlib.Path, help="folder with the base model's model.safetensors and tokenizer.json")
parser.add_argument("out", type=pathlib.Path, help="folder for checkpoints, of which the last is final.checkpoint")
parser.add_argument("--epochs", type=float, default=5.0, help="times that each article is read (default %(default)s)")
parser.add_argument("--minutes", type=float, default=float("inf"),
                    help="fewer epochs if they would take longer: learning rates fall to zero by then")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--rate", type=float, default=2e-4, help="greatest learning rate of the encoder (default %(default)s)")
parser.add_argument("--head-rate", type=float, default=1e-3, help="and of the heads (default %(default)s)")
parser.add_argument("--warm-up", type=float, default=0.25, help="epochs until then (default %(default)s)")
parser.add_argument("--dropout", type=float, default=0.1)
parser.add_argument("--masked", type=float, default=0.03, help="share of pieces hidden in training (default %(default)s)")
parser.add_argument("--names", type=float, default=0.2, help="weight of the loss in names (default %(default)s)")
parser.add_argument("--pos", type=float, default=0.1, help="weight of the loss in parts of speech (default %(default)s)")
parser.add_argument("--link", type=float, default=0.3, help="weight of the loss in links (default %(default)s)")
parser.add_argument("--window", type=int, default=128, help="pieces read together (default %(default)s)")
parser.add_argument("--pieces", type=int, default=1536, help="pieces in a step (default %(default)s)")
parser.add_argument("--resume", type=pathlib.Path, help="go on from a state file of an earlier, interrupted run")
parser.add_argument("--start", type=pathlib.Path, help="begin with the weights of a state file, with fresh learning rates")
options = parser.parse_args()

import jax  # noqa: E402  --help should not wait for it
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
import optax  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

import checkpoint  # noqa: E402
import corpus  # noqa: E402
import decode  # noqa: E402
import model  # noqa: E402

SIZES = sorted({options.window * k // 8 for k in (5, 6, 7, 8)})  # Windows are filled up to one of these.
jax.config.update("jax_compilation_cache_dir", str(options.out.absolute() / "compiled"))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 1)


def optimiser():
    """AdamW with two rates, set at every step; biases and gains do not decay."""
    def adamw(rate):
        return optax.adamw(rate, b2=0.98, weight_decay=0.01, mask=lambda p: jax.tree.map(lambda x: x.ndim >= 2, p))

    def which(p):
        return {k: "head" if k in ("heads", "link", "speech") else "encoder" for k in p}

    return optax.inject_hyperparams(lambda rate, head_rate: optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform({"encoder": adamw(rate), "head": adamw(head_rate)}, which)))(rate=0.0, head_rate=0.0)


def epoch_batches(articles, rng):
    """The windows of an epoch, drawn anew, in batches of one size each, in random order."""
    by_size = {}
    for w in rng.sample(drawn := corpus.windows(articles, options.window, rng, 0.08), len(drawn)):
        by_size.setdefault(next((s for s in SIZES if w[2] <= s), SIZES[-1]), []).append(w)
    batches = []
    for size, some in sorted(by_size.items()):
        n = options.pieces // size
        batches += [(size, some[i:i + n]) for i in range(0, len(some) - n + 1, n)]
    rng.shuffle(batches)
    return batches


def inputs(batches, rng):
    """What a step takes, made by another thread ahead of time."""
    ready = queue.Queue(3)

    def make():
        for size, some in batches:
            x, _ = corpus.batch(some, size)
            hide = (rng.random(x["ids"].shape) < options.masked) & (x["ids"] >= corpus.FIRST_WORD)
            x["ids"] = np.where(hide, corpus.MASK, x["ids"])
            shape = (2 * model.LAYERS + 1, len(some), size, model.HIDDEN)
            noise = np.frombuffer(rng.bytes(int(np.prod(shape))), np.uint8).reshape(shape)
            ready.put((x, noise))
        ready.put(None)

    threading.Thread(target=make, daemon=True).start()
    while (item := ready.get()) is not None:
        yield item


def main():
    tokeniser = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokeniser.no_padding()
    tokeniser.no_truncation()
    train, dev = (corpus.load(options.corpus / f"{part}.jsonl.gz", options.corpus / f"{part}.tokens.jsonl.gz", tokeniser)
                  for part in ("train", "dev"))
    words, p = model.initial(options.base / "model.safetensors", options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    update = optimiser()
    state, done, spent = update.init(p), 0.0, 0.0
    if options.start:
        p = pickle.loads(options.start.read_bytes())["p"]
    if options.resume:
        p, state, done, spent = (pickle.loads(options.resume.read_bytes())[k] for k in ("p", "state", "done", "spent"))
    p, state, words = (jax.tree.map(jnp.asarray, x) for x in (p, state, words))
    weights = {"head": 1.0, "names": options.names, "pos": options.pos, "link": options.link}

    @jax.jit
    def step(p, state, words, x, noise):
        (_, parts), gradient = jax.value_and_grad(model.loss, has_aux=True)(p, words, x, noise, options.dropout, weights)
        change, state = update.update(gradient, state, p)
        return optax.apply_updates(p, change), state, parts

    began, log = time.time() - spent, (options.out / "log.jsonl").open("a")

    def say(**what):
        print(json.dumps(what), flush=True)
        print(json.dumps(what), file=log, flush=True)

    def save(name):
        checkpoint.write(options.out / f"{name}.checkpoint", words, jax.tree.map(np.asarray, p))
        kept = {"words": np.asarray(words), "p": jax.tree.map(np.asarray, p),
                "state": jax.tree.map(np.asarray, state), "done": done, "spent": spent}
        (options.out / f"{name}.state").write_bytes(pickle.dumps(kept))

    while done < options.epochs:
        number = int(done)
        batches = epoch_batches(train, random.Random(f"{options.seed} {number}"))
        sums, steps = {}, 0
        for x, noise in inputs(batches, np.random.Generator(np.random.SFC64([options.seed, number]))):
            spent = time.time() - began
            share = max(done / options.epochs, spent / 60 / options.minutes)
            if share >= 1:
                done = options.epochs
                break
            scale = min(1, (done + 1 / len(batches)) / options.warm_up) * (1 - share)
            state.hyperparams["rate"] = jnp.float32(options.rate * scale)
            state.hyperparams["head_rate"] = jnp.float32(options.head_rate * scale)
            p, state, parts = step(p, state, words, x, noise)
            sums = {k: sums.get(k, 0) + float(v) for k, v in parts.items()}
            steps += 1
            done += 1 / len(batches)
            if steps % 50 == 0:
                say(epoch=round(done, 2), seconds=round(spent), rate=f"{options.rate * scale:.1e}",
                    **{k: round(v / steps, 4) for k, v in sums.items()})
        done = max(done, number + 1.0) if done < options.epochs else done
        say(epoch=round(done, 2), seconds=round(time.time() - began), dev=decode.f1(words, p, dev))
        save("latest")
    save("final")


main()

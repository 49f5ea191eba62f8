"""Writes the mean of the weights of runs that began with the same weights, which reads better than each of them
(Wortsman et al. 2022, arXiv:2203.05482): python average.py OUT STATE STATE…"""

import pathlib
import pickle
import sys

import jax
import numpy as np

import checkpoint

out, *states = map(pathlib.Path, sys.argv[1:])
kept = [pickle.loads(s.read_bytes()) for s in states]
mean = jax.tree.map(lambda *x: np.mean(x, 0, dtype=np.float32), *[k["p"] for k in kept])
checkpoint.write(out, kept[0]["words"], mean)

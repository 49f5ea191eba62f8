"""Writes what was trained as the file that the program convert reads: the length of a JSON header as a 32-bit number, the
header, which names the arrays, and the arrays, each at a multiple of four bytes."""

import json
import struct

import numpy as np


def write(path, words, p):
    arrays = {"word": words, "pos": p["pos"], "feat": p["feat"], "ln.g": p["ln"][0], "ln.b": p["ln"][1]}
    for i, layer in enumerate(p["layers"]):
        for name, value in layer.items():
            if name.startswith("ln"):
                arrays[f"{i:02}.{name}.g"], arrays[f"{i:02}.{name}.b"] = value
            else:
                arrays[f"{i:02}.{name}"] = value
    for name, head in p.get("heads", {}).items():
        arrays |= {f"{name}.{part}": value for part, value in head.items()}
    if "link" in p:
        arrays |= {f"head.{part}": value for part, value in p["link"].items()}
    header, blobs, at = [], [], 0
    for name, value in arrays.items():
        value = np.ascontiguousarray(value, np.float32)
        header.append({"Name": name, "Shape": list(value.shape), "Off": at, "Dtype": "f32"})
        blobs.append(value.tobytes())
        at += len(blobs[-1])
    head = json.dumps({"Arrays": header}).encode()
    with open(path, "wb") as f:
        f.write(struct.pack("<I", len(head)) + head + b"".join(blobs))

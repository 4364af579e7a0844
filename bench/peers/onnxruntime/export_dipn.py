#!/usr/bin/python3
"""DIPN's PyTorch twin, exported to ONNX:  export_dipn.py PACKAGE/weights.safetensors READOUT OUT.onnx

Made as somebody would who wants ONNX Runtime to be fast: one embedding table and one Gather a view (ids come with
each feature's offset added), a GRU node for the whole sequence, Wq and Wk merged and scaled, and for the residual
read-out the mean taken before the product with the other views. Debian's PyTorch needs Debian's Python, hence the first line.
"""

import json
import struct
import sys

import torch

VIEWS = ("swipe", "tap", "browse")


def read_safetensors(path):
    with open(path, "rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
        data = bytearray(file.read())
    tensors = {}
    for name, spec in header.items():
        if name == "__metadata__" or spec["dtype"] != "F32":
            continue
        begin, end = spec["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
        tensors[name] = values.reshape(spec["shape"])
    return tensors


class View(torch.nn.Module):
    """Ids [T, features] to the states weighed by their intra-view attention, [T, H]."""

    def __init__(self, weights, name):
        super().__init__()
        tables = [weights[key] for key in (f"view.{name}.embed.{f}" for f in range(64)) if key in weights]
        self.embedding = torch.nn.Embedding.from_pretrained(torch.cat(tables))
        prefix = f"view.{name}."
        of = {key[len(prefix):]: value for key, value in weights.items() if key.startswith(prefix)}
        self.hidden = of["rnn.weight_hh"].shape[1]
        self.rnn = torch.nn.GRU(of["rnn.weight_ih"].shape[1], self.hidden)
        for tensor in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            getattr(self.rnn, tensor + "_l0").data = of["rnn." + tensor]
        self.state = torch.nn.Parameter(of["intra.state"].t().contiguous())
        self.last = torch.nn.Parameter(of["intra.last"].t().contiguous())
        self.bias = torch.nn.Parameter(of["intra.bias"])
        self.query = torch.nn.Parameter(of["intra.query"].reshape(-1, 1))
        scale = self.hidden ** -0.5
        self.merged = torch.nn.Parameter(of["inter.merged"] * scale)
        self.merged_bias = torch.nn.Parameter(of["inter.bias"] * scale)

    def forward(self, ids):
        steps = ids.shape[0]
        x = self.embedding(ids).reshape(steps, 1, -1)
        states = self.rnn(x)[0].reshape(steps, self.hidden)
        keys = torch.tanh(states @ self.state + (states[-1:] @ self.last + self.bias))
        alpha = torch.softmax(keys @ self.query, 0)
        return states * (alpha * float(steps))


class Dipn(torch.nn.Module):
    def __init__(self, weights, readout):
        super().__init__()
        self.views = torch.nn.ModuleList(View(weights, name) for name in VIEWS)
        self.readout = readout
        self.layers = torch.nn.ModuleList()
        for i in range(3):
            layer = torch.nn.Linear(*reversed(weights[f"mlp.{i}.weight"].shape))
            layer.weight.data, layer.bias.data = weights[f"mlp.{i}.weight"], weights[f"mlp.{i}.bias"]
            self.layers.append(layer)

    def read_out(self, view, own, others):
        attention = torch.softmax((own @ view.merged + view.merged_bias) @ others.t(), 1)
        if self.readout == "product":
            return [(own * (attention @ others)).sum(0, keepdim=True)]
        pooled = torch.cat([attention[-1:], attention.mean(0, keepdim=True)]) @ others
        return [own[-1:] + pooled[:1], own.mean(0, keepdim=True) + pooled[1:]]

    def forward(self, swipe, tap, browse):
        attended = [view(ids) for view, ids in zip(self.views, (swipe, tap, browse))]
        pieces = []
        for v, view in enumerate(self.views):
            others = torch.cat([rows for w, rows in enumerate(attended) if w != v])
            pieces += self.read_out(view, attended[v], others)
        x = torch.cat(pieces, 1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def main(weights_path, readout, out_path):
    weights = read_safetensors(weights_path)
    network = Dipn(weights, readout).eval()
    shapes = {"swipe": (100, 14), "tap": (50, 3), "browse": (50, 6)}
    example = tuple(torch.zeros(shapes[name], dtype=torch.int64) for name in VIEWS)
    torch.onnx.export(network, example, out_path, input_names=list(VIEWS), output_names=["logits"], opset_version=17,
                      do_constant_folding=True)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in ("product", "last_and_mean"):
        sys.exit(__doc__)
    main(*sys.argv[1:])

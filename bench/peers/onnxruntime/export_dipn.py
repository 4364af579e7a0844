#!/usr/bin/python3
"""DIPN in PyTorch, exported to ONNX:  export_dipn.py PACKAGE/weights.safetensors READOUT STYLE OUT.onnx [BATCH]

Styles:
twin   computes what models/dipn/dipn_net.cpp computes, module by module: an embedding a feature, scores divided by
       sqrt(H), the context of every row before the read-out.
tuned  is made by hand as somebody would who wants ONNX Runtime to be fast: one embedding table and one Gather a view
       (ids come with each feature's offset added), scores scaled in the weights, and for the residual read-out the mean
       taken before the product with the other views.
Both have one GRU node a view for the whole sequence. Without BATCH one shopper's ids go in as [T, features], with it so
many shoppers' as [BATCH, T, features]. Debian's PyTorch needs Debian's Python, hence the first line.
"""

import json
import struct
import sys
import warnings

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
    """Ids [..., T, features] to the states weighed by their intra-view attention, [..., T, H]."""

    def __init__(self, weights, name, tuned):
        super().__init__()
        tables = [weights[key] for key in (f"view.{name}.embed.{f}" for f in range(64)) if key in weights]
        if tuned:
            tables = [torch.cat(tables)]
        self.embeddings = torch.nn.ModuleList(torch.nn.Embedding.from_pretrained(table) for table in tables)
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
        self.score_scale = None if tuned else scale
        self.merged = torch.nn.Parameter(of["inter.merged"] * (scale if tuned else 1.0))
        self.merged_bias = torch.nn.Parameter(of["inter.bias"] * (scale if tuned else 1.0))

    def embed(self, ids):
        if len(self.embeddings) == 1:
            return self.embeddings[0](ids)
        return torch.cat([table(ids[..., f]) for f, table in enumerate(self.embeddings)], -1)

    def attention(self, own, others):
        scores = (own @ self.merged + self.merged_bias) @ others.transpose(-1, -2)
        return torch.softmax(scores if self.score_scale is None else scores * self.score_scale, -1)

    def forward(self, ids):
        steps = ids.shape[-2]
        if ids.dim() == 2:
            states = self.rnn(self.embed(ids).reshape(steps, 1, -1))[0].reshape(steps, self.hidden)
        else:
            x = self.embed(ids).reshape(*ids.shape[:2], -1)
            states = self.rnn(x.transpose(0, 1))[0].transpose(0, 1)
        keys = torch.tanh(states @ self.state + (states[..., -1:, :] @ self.last + self.bias))
        alpha = torch.softmax(keys @ self.query, -2)
        return states * (alpha * float(steps))


class Dipn(torch.nn.Module):
    def __init__(self, weights, readout, tuned):
        super().__init__()
        self.views = torch.nn.ModuleList(View(weights, name, tuned) for name in VIEWS)
        self.readout = readout
        self.tuned = tuned
        self.layers = torch.nn.ModuleList()
        for i in range(3):
            layer = torch.nn.Linear(*reversed(weights[f"mlp.{i}.weight"].shape))
            layer.weight.data, layer.bias.data = weights[f"mlp.{i}.weight"], weights[f"mlp.{i}.bias"]
            self.layers.append(layer)

    def read_out(self, view, own, others):
        attention = view.attention(own, others)
        if self.readout == "product":
            return [(own * (attention @ others)).sum(-2, keepdim=True)]
        if not self.tuned:
            rows = own + attention @ others
            return [rows[..., -1:, :], rows.mean(-2, keepdim=True)]
        pooled = torch.cat([attention[..., -1:, :], attention.mean(-2, keepdim=True)], -2) @ others
        return [own[..., -1:, :] + pooled[..., :1, :], own.mean(-2, keepdim=True) + pooled[..., 1:, :]]

    def forward(self, swipe, tap, browse):
        attended = [view(ids) for view, ids in zip(self.views, (swipe, tap, browse))]
        pieces = []
        for v, view in enumerate(self.views):
            others = torch.cat([rows for w, rows in enumerate(attended) if w != v], -2)
            pieces += self.read_out(view, attended[v], others)
        x = torch.cat(pieces, -1)
        if swipe.dim() == 3:
            x = x.squeeze(1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def main(weights_path, readout, style, out_path, batch=None):
    weights = read_safetensors(weights_path)
    network = Dipn(weights, readout, style == "tuned").eval()
    warnings.filterwarnings("ignore")  # that constants become constants, which is what is wanted here
    shapes = {"swipe": (100, 14), "tap": (50, 3), "browse": (50, 6)}
    first = () if batch is None else (int(batch),)
    example = tuple(torch.zeros(first + shapes[name], dtype=torch.int64) for name in VIEWS)
    torch.onnx.export(network, example, out_path, input_names=list(VIEWS), output_names=["logits"], opset_version=17,
                      do_constant_folding=True)


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6) or sys.argv[2] not in ("product", "last_and_mean") or sys.argv[3] not in ("twin", "tuned"):
        sys.exit(__doc__)
    main(*sys.argv[1:])

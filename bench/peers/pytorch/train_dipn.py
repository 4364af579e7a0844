#!/usr/bin/python3
"""DIPN trained by PyTorch, one thread:  train_dipn.py WEIGHTS.safetensors BATCHES.safetensors READOUT BATCH STYLE

The network of models/dipn/dipn_net.cpp as somebody would write it who wants PyTorch to be fast: one embedding table
and one look-up a view, nn.GRU, one matrix for queries and keys, bmm for the attention between views, and for the residual
read-out last and mean taken of the attention weights before the product with the other views.

Styles:  dense   Adam (foreach) on everything
         sparse  sparse embedding gradients and SparseAdam, Adam (foreach) on the rest

Says the losses of its first steps as one JSON line, then answers each line "round N" on standard input with the
processor time of N whole steps, in nanoseconds a step. Debian's PyTorch needs Debian's Python, hence the first line.
"""

import json
import pathlib
import sys
import time

import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "onnxruntime"))
from export_dipn import read_safetensors  # noqa: E402

VIEWS = ("swipe", "tap", "browse")
LEARNING_RATE = 1e-3


class View(nn.Module):
    """Ids [B, T, features], each feature's offset added, to the states weighed by their attention, [B, T, H]."""

    def __init__(self, weights, name, sparse):
        super().__init__()
        prefix = f"view.{name}."
        of = {key[len(prefix):]: value for key, value in weights.items() if key.startswith(prefix)}
        tables = [of[f"embed.{f}"] for f in range(len(of)) if f"embed.{f}" in of]
        self.register_buffer("offsets", torch.tensor([sum(len(t) for t in tables[:f]) for f in range(len(tables))]))
        self.table = nn.Embedding.from_pretrained(torch.cat(tables), freeze=False, sparse=sparse)
        self.hidden = of["rnn.weight_hh"].shape[1]
        self.rnn = nn.GRU(of["rnn.weight_ih"].shape[1], self.hidden, batch_first=True)
        for tensor in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
            getattr(self.rnn, tensor + "_l0").data = of["rnn." + tensor].clone()
        for ours, name_there in (("state", "intra.state"), ("last", "intra.last"), ("bias", "intra.bias"),
                                 ("query", "intra.query"), ("merged", "inter.merged"), ("shift", "inter.bias")):
            setattr(self, ours, nn.Parameter(of[name_there].clone()))

    def forward(self, ids):
        states = self.rnn(self.table(ids).flatten(2))[0]
        shift = nn.functional.linear(states[:, -1], self.last, self.bias)
        keys = torch.tanh(nn.functional.linear(states, self.state) + shift.unsqueeze(1))
        return states * (torch.softmax(keys @ self.query, 1) * float(ids.shape[1])).unsqueeze(2)

    def attention(self, own, others):
        queries = (own @ self.merged + self.shift) * self.hidden ** -0.5
        return torch.softmax(torch.bmm(queries, others.transpose(1, 2)), 2)


class Dipn(nn.Module):
    def __init__(self, weights, readout, sparse):
        super().__init__()
        self.views = nn.ModuleList(View(weights, name, sparse) for name in VIEWS)
        self.readout = readout
        layers = []
        for i in range(3):
            layer = nn.Linear(*reversed(weights[f"mlp.{i}.weight"].shape))
            layer.weight.data, layer.bias.data = weights[f"mlp.{i}.weight"].clone(), weights[f"mlp.{i}.bias"].clone()
            layers += [layer, nn.ReLU()]
        self.mlp = nn.Sequential(*layers[:-1])

    def read_out(self, view, own, others):
        attention = view.attention(own, others)
        if self.readout == "product":
            return [(own * torch.bmm(attention, others)).sum(1)]
        pooled = torch.bmm(torch.stack([attention[:, -1], attention.mean(1)], 1), others)
        return [own[:, -1] + pooled[:, 0], own.mean(1) + pooled[:, 1]]

    def forward(self, ids):
        attended = [view(each) for view, each in zip(self.views, ids)]
        pieces = []
        for v, view in enumerate(self.views):
            others = torch.cat([rows for w, rows in enumerate(attended) if w != v], 1)
            pieces += self.read_out(view, attended[v], others)
        return self.mlp(torch.cat(pieces, 1))


class Training:
    def __init__(self, network, batches, sparse):
        self.network, self.batches = network, batches
        tables = [view.table.weight for view in network.views]
        known = {id(table) for table in tables}
        rest = [parameter for parameter in network.parameters() if id(parameter) not in known]
        self.optimizers = [torch.optim.Adam(rest if sparse else rest + tables, lr=LEARNING_RATE, foreach=True)]
        if sparse:
            self.optimizers.append(torch.optim.SparseAdam(tables, lr=LEARNING_RATE))
        self.next = 0

    def step(self):
        ids, labels = self.batches[self.next % len(self.batches)]
        self.next += 1
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.binary_cross_entropy_with_logits(self.network(ids), labels)
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss

    def round(self, steps):
        times = []
        for _ in range(steps):
            start = time.process_time_ns()
            self.step()
            times.append(time.process_time_ns() - start)
        return times


def main(weights_path, batches_path, readout, size, style):
    torch.set_num_threads(1)
    network = Dipn(read_safetensors(weights_path), readout, style == "sparse")
    tensors = read_safetensors(batches_path)
    batches = []
    for b in range(sum(key.endswith(".labels") for key in tensors)):
        ids = [(tensors[f"batch.{b}.ids.{v}"][:size].long() + view.offsets).contiguous()
               for v, view in enumerate(network.views)]
        batches.append((ids, tensors[f"batch.{b}.labels"][:size]))
    training = Training(network, batches, style == "sparse")
    losses = [training.step().item() for _ in batches]
    capability = torch.backends.cpu.get_cpu_capability() if hasattr(torch.backends, "cpu") else "unknown"
    print(json.dumps({"losses": losses, "version": torch.__version__, "capability": capability}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"ns": training.round(int(line.split()[1]))}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 6 or sys.argv[5] not in ("dense", "sparse"):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])

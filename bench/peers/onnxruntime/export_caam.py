#!/usr/bin/python3
"""CAAM's network in PyTorch, exported to ONNX:  export_caam.py FOLDER STYLE OUT.onnx

FOLDER holds weights.safetensors and requests.safetensors (`caam_speed make`). One call scores all candidates of one
request. Styles:
tiled  is the network as it is trained: every part of the request is repeated for every candidate, and each pair of a
       step and a candidate meets the unsplit first layer.
once   is made by hand as somebody would who wants ONNX Runtime to be fast: what belongs to the request is computed once
       and broadcast, the first layers are split, and a step's part is folded into one matrix a step.
Debian's PyTorch needs Debian's Python, hence the first line.
"""

import pathlib
import sys
import warnings

import torch
from torch.nn.functional import leaky_relu, linear

from export_dipn import read_safetensors

SLOPE = 0.1
INPUTS = ("steps", "triggers", "unticked", "dense", "candidates", "candidate_dense")


class Caam(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = torch.nn.ParameterDict({name.replace(".", "_"): torch.nn.Parameter(value)
                                               for name, value in weights.items()})

    def of(self, name):
        return self.weights[name.replace(".", "_")]

    def layer(self, name, x):
        return linear(x, self.of(name + ".weight"), self.of(name + ".bias"))

    def trigger_weights(self, steps, triggers):
        """Steps [..., T, E], triggers [..., C, E] -> [..., T]."""
        heads = self.of("trigger.heads")
        count, width = len(heads), steps.shape[-1]
        def split(x):
            return x.reshape(*x.shape[:-1], count, width // count).transpose(-2, -3)
        queries = split(linear(triggers, self.of("trigger.query")))
        keys = split(linear(steps, self.of("trigger.key")))
        shares = torch.softmax(queries @ keys.transpose(-1, -2) * (width // count) ** -0.5, -1)
        return (shares.mean(-2) * heads.reshape(count, 1)).sum(-2) * float(steps.shape[-2])

    def gated(self, target, trigger, dense):
        """Weights [..., T] of the candidate and of the triggers, dense [..., D]."""
        a, b = self.of("gate.scale")
        request = (dense * self.of("gate.context")).sum(-1, keepdim=True) + self.of("gate.bias")
        gate = torch.sigmoid(a * target + b * trigger + request)
        return gate * target + (1 - gate) * trigger


class Tiled(Caam):
    def forward(self, steps, triggers, unticked, dense, candidates, candidate_dense):
        count = candidates.shape[0]
        steps, triggers = steps.expand(count, -1, -1), triggers.expand(count, -1, -1)
        unticked, dense = unticked.expand(count, -1), dense.expand(count, -1)
        x = candidates.unsqueeze(1).expand(-1, steps.shape[1], -1)
        hidden = torch.cat([steps, x, steps - x, steps * x], -1)
        for name in ("attention.0", "attention.1"):
            hidden = leaky_relu(self.layer(name, hidden), SLOPE)
        target = self.layer("attention.2", hidden).squeeze(-1)
        weights = self.gated(target, self.trigger_weights(steps, triggers), dense)
        read_out = (weights.unsqueeze(1) @ steps).squeeze(1) * steps.shape[1] ** -0.5
        pool = triggers.mean(1)
        hidden = torch.cat([read_out, candidates, pool, candidates * pool, unticked, dense, candidate_dense], -1)
        for name in ("top.0", "top.1", "top.2"):
            hidden = leaky_relu(self.layer(name, hidden), SLOPE)
        return self.layer("top.3", hidden).squeeze(-1)


class Once(Caam):
    def forward(self, steps, triggers, unticked, dense, candidates, candidate_dense):
        width = steps.shape[-1]
        of_step, of_candidate, of_difference, of_product = self.of("attention.0.weight").split(width, 1)
        # [T, E, hidden]: how a candidate meets each step
        matrices = (of_candidate - of_difference).t() + steps.squeeze(0).unsqueeze(-1) * of_product.t()
        biases = linear(steps.squeeze(0), of_step + of_difference, self.of("attention.0.bias")).unsqueeze(1)
        hidden = leaky_relu(candidates @ matrices + biases, SLOPE)
        hidden = leaky_relu(self.layer("attention.1", hidden), SLOPE)
        target = self.layer("attention.2", hidden).squeeze(-1).t()
        weights = self.gated(target, self.trigger_weights(steps, triggers), dense)
        read_out = weights @ (steps.squeeze(0) * steps.shape[1] ** -0.5)
        pool = triggers.mean(1)
        sides = (width, width, width, width, width, dense.shape[-1], candidate_dense.shape[-1])
        r, x, p, product, rest, of_dense, own = self.of("top.0.weight").split(sides, 1)
        bias = linear(torch.cat([pool, unticked, dense], -1), torch.cat([p, rest, of_dense], 1), self.of("top.0.bias"))
        matrix = torch.cat([r, x + product * pool, own], 1)
        hidden = leaky_relu(torch.cat([read_out, candidates, candidate_dense], -1) @ matrix.t() + bias, SLOPE)
        for name in ("top.1", "top.2"):
            hidden = leaky_relu(self.layer(name, hidden), SLOPE)
        return self.layer("top.3", hidden).squeeze(-1)


STYLES = {"tiled": Tiled, "once": Once}


def main(folder, style, out_path):
    folder = pathlib.Path(folder)
    requests = read_safetensors(folder / "requests.safetensors")
    # [1, rows, columns] of steps and triggers, [rows, columns] of the rest
    example = [requests[name][:1] if name in ("steps", "triggers") else requests[name][0] for name in INPUTS]
    network = STYLES[style](read_safetensors(folder / "weights.safetensors")).eval()
    warnings.filterwarnings("ignore")  # that sides become constants, which is what is wanted here
    with torch.no_grad():
        torch.onnx.export(network, tuple(example), out_path, input_names=list(INPUTS), output_names=["logits"],
                          opset_version=17, do_constant_folding=True)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in STYLES:
        sys.exit(__doc__)
    main(*sys.argv[1:])

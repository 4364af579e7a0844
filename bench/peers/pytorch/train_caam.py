#!/usr/bin/python3
"""CAAM trained by PyTorch, one thread:  train_caam.py WEIGHTS.safetensors BATCHES.safetensors STYLE

The network of src/train/fused/add_on_body.h as somebody would write it who wants PyTorch to be fast: one table and one
look-up a role, full windows without masks, the request's part computed once for all its candidates, Adam (foreach).

Styles differ in the first layer of DIN's unit, whose inputs are [s, x, s - x, s * x]:
    concat   the four side by side, one nn.Linear, as it is usually written
    split    s A + x B + (s * x) P with A = Ws + Wd, B = Wx - Wd: a third of the operations
    folded   s (A + diag(x) P) + x B: one matrix a candidate and one bmm, no s * x is ever made

Says the number of samples a batch as one JSON line, then answers each line "round N" on standard input with the
processor times of N whole steps in nanoseconds, and their losses. Debian's PyTorch needs Debian's Python, hence the
first line.
"""

import json
import math
import pathlib
import sys
import time

import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "onnxruntime"))
from export_dipn import read_safetensors  # noqa: E402

LEARNING_RATE = 1e-4
SLOPE = 0.1
TABLES, ITEM_TABLES = 7, 5
ROLES = ("behaviours", "ticked", "unticked", "candidates")
STYLES = ("concat", "split", "folded")


class Caam(nn.Module):
    def __init__(self, weights, style):
        super().__init__()
        named = [(key.split(".", 1)[1], value.clone()) for _, key, value in
                 sorted((int(key.split(".")[0]), key, value) for key, value in weights.items())]
        tables = [value for name, value in named if name == "table"]
        self.register_buffer("offsets", torch.tensor([sum(len(t) for t in tables[:f]) for f in range(TABLES)]))
        self.table = nn.EmbeddingBag.from_pretrained(torch.cat(tables), freeze=False, mode="sum")
        for name, value in named:
            if not name.startswith(("table", "mlp")):
                setattr(self, name.replace(".", "_"), nn.Parameter(value))
        matrices = [value for name, value in named if name == "mlp.weight"]
        biases = [value for name, value in named if name == "mlp.bias"]
        layers = []
        for weight, bias in zip(matrices, biases):
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            layer.weight.data, layer.bias.data = weight, bias
            layers += [layer, nn.LeakyReLU(SLOPE, inplace=True)]
        self.mlp = nn.Sequential(*layers[:-1])
        self.first_layer = {"concat": self.concat, "split": self.split, "folded": self.folded}[style]

    def vectors(self, ids, requests):
        return self.table(ids).view(requests, -1, self.table.weight.shape[1])

    # s [B, T, E], x [B, N, E] to the sums of the unit's first layer, [B, N, T, H1] or [B, T, N, H1]; the sums over t
    # that follow know which.
    def concat(self, s, x):
        shape = (s.shape[0], x.shape[1], s.shape[1], s.shape[2])
        steps, target = s.unsqueeze(1).expand(shape), x.unsqueeze(2).expand(shape)
        inputs = torch.cat([steps, target, steps - target, steps * target], 3)
        return functional.linear(inputs, self.unit_weight1, self.unit_bias1)

    def parts(self):
        of_s, of_x, of_difference, of_product = self.unit_weight1.chunk(4, 1)
        return of_s + of_difference, of_x - of_difference, of_product

    def split(self, s, x):
        of_s, of_x, of_product = self.parts()
        target = functional.linear(x, of_x, self.unit_bias1)
        products = functional.linear(s.unsqueeze(1) * x.unsqueeze(2), of_product)
        return products + functional.linear(s, of_s).unsqueeze(1) + target.unsqueeze(2)

    def folded(self, s, x):
        of_s, of_x, of_product = self.parts()
        target = functional.linear(x, of_x, self.unit_bias1)
        matrices = (of_s + of_product * x.unsqueeze(2)).flatten(1, 2)  # [B, N H1, E]
        sums = torch.baddbmm(target.flatten(1).unsqueeze(1), s, matrices.transpose(1, 2))
        return sums.view(s.shape[0], s.shape[1], x.shape[1], -1)  # [B, T, N, H1]

    def unit_weights(self, s, x):
        first = functional.leaky_relu(self.first_layer(s, x), SLOPE, inplace=True)
        second = functional.linear(first, self.unit_weight2, self.unit_bias2)
        second = functional.leaky_relu(second, SLOPE, inplace=True)
        weights = functional.linear(second, self.unit_weight3, self.unit_bias3).squeeze(3)
        return weights.transpose(1, 2) if self.first_layer == self.folded else weights

    def trigger_weights(self, s, c):
        heads = self.trigger_heads.shape[0]
        width = s.shape[2] // heads
        queries = functional.linear(c, self.trigger_query).view(*c.shape[:2], heads, width).transpose(1, 2)
        keys = functional.linear(s, self.trigger_key).view(*s.shape[:2], heads, width).permute(0, 2, 3, 1)
        attention = torch.softmax(queries @ keys / math.sqrt(width), 3).mean(2)
        return (self.trigger_heads.unsqueeze(1) * attention).sum(1) * s.shape[1]

    def forward(self, batch):
        requests = batch["request"].shape[0]
        s, c, u, x = (self.vectors(batch[role], requests) for role in ROLES)
        target, trigger = self.unit_weights(s, x), self.trigger_weights(s, c).unsqueeze(1)
        context = functional.linear(batch["request"], self.gate_context.unsqueeze(0), self.gate_bias).unsqueeze(2)
        gate = torch.sigmoid(self.gate_scale[0] * target + self.gate_scale[1] * trigger + context)
        read = torch.bmm(torch.lerp(trigger.expand_as(target), target, gate), s) / math.sqrt(s.shape[1])
        pool = c.mean(1, keepdim=True)
        shared = torch.cat([pool, u.mean(1, keepdim=True), batch["request"].unsqueeze(1)], 2)
        return self.top(read, x, pool, shared, batch["candidate"].view(requests, x.shape[1], -1)).flatten()

    def top(self, read, x, pool, shared, numbers):
        """The first layer by parts, the request's once; columns in the order r, x, p, x * p, u, request, candidate."""
        first, e = self.mlp[0], x.shape[2]
        if x.shape[1] == 1:
            pool_of, unticked, request = shared.split([e, e, shared.shape[2] - 2 * e], 2)
            return self.mlp(torch.cat([read, x, pool_of, x * pool, unticked, request, numbers], 2))
        weight, many = first.weight, shared.shape[2] - 2 * e
        own = torch.cat([weight[:, :2 * e], weight[:, 3 * e:4 * e], weight[:, 5 * e + many:]], 1)
        once = torch.cat([weight[:, 2 * e:3 * e], weight[:, 4 * e:5 * e + many]], 1)
        sums = functional.linear(torch.cat([read, x, x * pool, numbers], 2), own)
        return self.mlp[1:](sums + functional.linear(shared, once, first.bias))


class Training:
    def __init__(self, network, batches):
        self.network, self.batches, self.next = network, batches, 0
        self.optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, foreach=True)

    def step(self):
        batch = self.batches[self.next % len(self.batches)]
        self.next += 1
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.binary_cross_entropy_with_logits(self.network(batch), batch["labels"])
        loss.backward()
        self.optimizer.step()
        return loss

    def round(self, steps):
        times, losses = [], []
        for _ in range(steps):
            start = time.process_time_ns()
            loss = self.step()
            times.append(time.process_time_ns() - start)
            losses.append(loss.item())
        return {"ns": times, "losses": losses}


def make_batches(path, offsets):
    tensors = read_safetensors(path)
    batches = []
    for b in range(sum(key.endswith(".labels") for key in tensors)):
        batch = {key.split(".", 1)[1]: value for key, value in tensors.items() if key.startswith(f"{b}.")}
        for role in ROLES:
            batch[role] = (batch[role].long() + offsets[:batch[role].shape[1]]).contiguous()
        batches.append(batch)
    return batches


def main(weights_path, batches_path, style):
    torch.set_num_threads(1)
    network = Caam(read_safetensors(weights_path), style)
    training = Training(network, make_batches(batches_path, network.offsets))
    print(json.dumps({"samples": len(training.batches[0]["labels"]), "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps(training.round(int(line.split()[1]))), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in STYLES:
        sys.exit(__doc__)
    main(*sys.argv[1:])

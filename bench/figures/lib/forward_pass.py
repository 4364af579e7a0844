"""What the figures about DIPN's forward pass share: programs that take turns, and how their rounds are summed up."""

import json
import statistics
import subprocess

from figure import MissingInput, ROOT

READOUTS = {"product": "product", "last_and_mean": "residual + mean"}
STYLES = ("twin", "tuned")  # bench/peers/onnxruntime/export_dipn.py
PEER = ROOT / "bench" / "peers" / "onnxruntime"
FOLDER = ROOT / "build" / "figures" / "dipn-forward-vs-onnxruntime"  # bench/prepare fills it
LOGIT_BAR = 1e-4
REDUCED_ERROR_BAR = 0.02  # root of the mean square of the logits' error, as a part of their deviation
SEED = 20211018  # bench/dipn_forward/fixture.cpp


class Program:
    """A program that said its logits in one line and answers each line with one."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hello = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args[0]} left with exit status {self.process.wait()}")
        return json.loads(line)

    def ask(self, question):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return self.read()

    def round_us(self, passes):
        return statistics.median(self.ask(f"round {passes}")["ns"]) / 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def needed(path, remedy):
    if not path.exists():
        raise MissingInput(f"there is no {path.relative_to(ROOT)}; run {remedy} first")
    return path


def largest_difference(a, b):
    return max(abs(x - y) for left, right in zip(a, b, strict=True) for x, y in zip(left, right, strict=True))


def relative_error(found, right):
    """Root of the mean square of the difference, column by column as a part of the column's deviation; the largest."""
    errors = []
    for column in range(len(right[0])):
        difference = [a[column] - b[column] for a, b in zip(found, right, strict=True)]
        square = statistics.fmean(each * each for each in difference)
        errors.append(square ** 0.5 / statistics.pstdev(row[column] for row in right))
    return max(errors)


def in_turns(sides, rounds, passes):
    """Medians of each round by side; whoever began a round ends the next one."""
    for side in sides:
        side.round_us(passes)
    times = [[] for _ in sides]
    for index in range(rounds):
        order = list(enumerate(sides))
        for place, side in order if index % 2 == 0 else reversed(order):
            times[place].append(side.round_us(passes))
    return times


def ratios_of(ours, peers):
    return [peer / own for own, peer in zip(ours, peers, strict=True)]


def ratio_text(ratios):
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def spread(values):
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"

"""Training programs that take turns (bench/training_rounds.h): each says a JSON line, then answers "round N" lines.

All live through the whole run, one thread each. Times are processor times, because a neighbour's load is nobody's
merit.
"""

import json
import os
import pathlib
import statistics
import subprocess


def one_thread():
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        environment["ATEN_CPU_CAPABILITY"] = "avx512"
    return environment


class Program:
    """A program that says one line first and answers each line with one. `environment` is added to its own."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen([str(word) for word in command], env={**one_thread(), **(environment or {})},
                                        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.hello = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args[0]} left with exit status {self.process.wait()}")
        return json.loads(line)

    def round(self, steps):
        self.process.stdin.write(f"round {steps}\n")
        self.process.stdin.flush()
        return self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def in_turns(sides, rounds, steps):
    """{side: answers of its rounds}, one to warm up first; whoever began a round ends the next one."""
    answers = {name: [side.round(1)] for name, side in sides.items()}
    for index in range(rounds):
        names = list(sides) if index % 2 == 0 else list(reversed(sides))
        for name in names:
            answers[name].append(sides[name].round(steps))
    return answers


def rates_of(answers, samples):
    """Samples a second of each round but the first, by the median of its steps."""
    return [samples / statistics.median(answer["ns"]) * 1e9 for answer in answers[1:]]


def losses_of(answers):
    return [loss for answer in answers for loss in answer["losses"]]


def ratios_of(ours, theirs):
    return [own / rival for own, rival in zip(ours, theirs, strict=True)]


def spread(values, digits=0):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"

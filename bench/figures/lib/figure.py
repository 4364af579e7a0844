"""What every figure needs: checks, a readable table and the one JSON line at the end (docs/architecture.md, "Figures").

    with Figure("parity", "LibTorch forward = nn forward") as figure:
        error = ...
        figure.at_most("largest difference", error, 1e-5)

The JSON line is printed whatever happens: a figure that stops half-way is a figure that failed.
"""

import argparse
import json
import math
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


class MissingInput(Exception):
    """Something that has to be there first; the message says what makes it."""


def machine():
    """The processor, its cores and the memory of this machine in one line."""
    model = "unknown processor"
    for line in _lines_of("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = "unknown memory"
    for line in _lines_of("/proc/meminfo"):
        if line.startswith("MemTotal"):
            memory = f"{int(line.split()[1]) / 2**20:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores, {memory}"


def data_folder(name):
    """Real data: $INKLING_DATA/<name>, by default ../shared/data/<name> beside the repository."""
    base = pathlib.Path(os.environ.get("INKLING_DATA") or ROOT.parent / "shared" / "data")
    folder = base / name
    if not folder.is_dir():
        raise MissingInput(f"there is no data at {folder}; set INKLING_DATA to the folder that has {name}/")
    return folder


def program(name):
    """A program that `make build` made."""
    path = ROOT / "build" / "release" / "bin" / name
    if not os.access(path, os.X_OK):
        raise MissingInput(f"there is no program {path.relative_to(ROOT)}; run make build first")
    return path


def table_text(head, rows):
    """Columns as wide as they need to be; numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = []
    for index, row in enumerate(cells):
        source = rows[index - 1] if index else head
        shown = [
            cell.rjust(width) if isinstance(value, (int, float)) else cell.ljust(width)
            for cell, width, value in zip(row, widths, source)
        ]
        lines.append("  ".join(shown).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


class Figure:
    def __init__(self, name, title, arguments=None):
        parser = argparse.ArgumentParser(prog=f"bench/figures/{name}", description=title)
        parser.add_argument("--quick", action="store_true", help="an answer within a minute, with bars of its own")
        self.quick = parser.parse_args(arguments).quick
        self.name = name
        self.title = title
        self.seeds = []
        self.checks = []

    @property
    def ok(self):
        return bool(self.checks) and all(check["pass"] for check in self.checks)

    def work_folder(self):
        """For what this figure makes; kept between runs, outside git."""
        folder = ROOT / "build" / "figures" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def check(self, name, value, unit, bar, passed):
        if isinstance(value, float) and not math.isfinite(value):
            value = str(value)  # JSON has no such numbers
        self.checks.append({"name": name, "value": value, "unit": unit, "bar": bar, "pass": bool(passed)})

    def at_least(self, name, value, bar, unit=""):
        self.check(name, value, unit, f">= {bar}", value >= bar)

    def at_most(self, name, value, bar, unit=""):
        self.check(name, value, unit, f"<= {bar}", value <= bar)

    def holds(self, name, passed):
        self.check(name, bool(passed), "", "true", passed)

    def table(self, head, rows):
        print(table_text(head, rows), flush=True)

    def say(self, line=""):
        print(line, flush=True)

    def __enter__(self):
        self.say(f"{self.name}: {self.title}")
        self.say(f"machine: {machine()}{'; quick' if self.quick else ''}\n")
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, (Exception, KeyboardInterrupt)):
            self.say(f"stopped: {error or kind.__name__}")
            self.check("ran to its end", str(error) or kind.__name__, "", "no failure", False)
            if not isinstance(error, MissingInput):
                sys.excepthook(kind, error, trace)
        self._report()
        raise SystemExit(0 if self.ok else 1)

    def _report(self):
        rows = [(each["name"], each["value"], each["unit"], each["bar"], "ok" if each["pass"] else "FAILED")
                for each in self.checks]
        self.say()
        self.table(("check", "value", "unit", "bar", ""), rows)
        self.say(json.dumps({"figure": self.name, "ok": self.ok, "quick": self.quick, "checks": self.checks,
                             "machine": machine(), "seeds": self.seeds}, ensure_ascii=False))


def _lines_of(path):
    try:
        with open(path, encoding="utf-8") as lines:
            return list(lines)
    except OSError:
        return []

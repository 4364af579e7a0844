"""Rows of real tables, one a session: gbdt and a net on user features beside the XGBoost command, on the same folds.

`inkling train --table` draws the folds and writes every row's out-of-fold score; the rival is taught on the same folds.
Settings are fixed here, the same for all tables, and were not tuned on any fold: trees stop by rows held out of the
training folds, the rival has a fixed number of trees. A fold's figure is its AUC; a table's is the mean over folds.
"""

import collections
import csv
import gzip
import json
import math
import shutil
import statistics
import subprocess

from figure import ROOT, data_folder, program

Table = collections.namedtuple("Table", "name data spec label yes bar")
TABLES = [
    Table("online_shoppers, with PageValues", "online_shoppers", "online_shoppers_page_values", "Revenue", "TRUE", 0.930),
    Table("online_shoppers, without", "online_shoppers", "online_shoppers", "Revenue", "TRUE", 0.778),
    Table("dmc2013_sessions, at checkout", "dmc2013_sessions", "dmc2013_sessions_checkout", "order", "y", None),
    Table("dmc2013_sessions, before", "dmc2013_sessions", "dmc2013_sessions", "order", "y", None),
]
BELOW_ALLOWED = 0.005  # of the better of ours against XGBoost, where there is no bar of its own

OURS = {
    "gbdt": ["refit=4"],  # grown anew on all training rows once their number is known, four times
    "dipn": ["mlp=[64,32]", "dropout=0.3", "weight_decay=0.01", "max_epochs=40", "patience=6"],  # no views: user features
}
RIVAL = {"booster": "gbtree", "objective": "binary:logistic", "tree_method": "hist", "max_depth": "4", "eta": "0.05",
         "num_round": "150", "min_child_weight": "5", "subsample": "0.8", "colsample_bytree": "0.7", "lambda": "2",
         "seed": "1", "nthread": "1"}
MISSING = {"", "?", "na", "nan"}


def spec_lists(spec):
    """numbers and categories of a table spec of ours: flow lists of plain names."""
    text = (ROOT / "bench" / "training" / f"{spec}.yaml").read_text(encoding="utf-8")
    def names(key):
        inside = text.split(f"\n{key}: [", 1)[1].split("]", 1)[0]
        return [name.strip() for name in inside.split(",") if name.strip()]
    return names("numbers"), names("categories")


def read_rows(path):
    """Every row by its line in the file, as predictions name it; no cell of these tables has a line break."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return {2 + index: row for index, row in enumerate(csv.DictReader(lines))}


def auc(scores, labels):
    """Average ranks, so that ties count one half."""
    order = sorted(range(len(scores)), key=lambda index: scores[index])
    ranks, at = [0.0] * len(scores), 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        for index in order[at:end]:
            ranks[index] = (at + end + 1) / 2
        at = end
    positives = sum(labels)
    rank_sum = sum(rank for rank, label in zip(ranks, labels) if label)
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


def run_ours(table, model, folder, path):
    """{line: (fold, score)} of all rows, each scored by a model that never saw it."""
    data, predictions = folder / model, folder / f"{model}.csv"
    shutil.rmtree(data, ignore_errors=True)
    words = [str(program("inkling")), "train", "--json", "--data", str(data), "--table", str(path), "--config",
             str(ROOT / "bench" / "training" / f"{table.spec}.yaml"), "--model", model, "--predictions", str(predictions)]
    for assignment in OURS[model]:
        words += ["--set", assignment]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"train --table with {model} failed: {done.stderr.strip()}")
    with open(predictions, newline="", encoding="utf-8") as lines:
        return {int(row["line"]): (int(row["fold"]), float(row[table.label])) for row in csv.DictReader(lines)}


def columns_of(rows, numbers, categories):
    """Numbers as they are, categories one column a name; a row as {column: value} without what is missing."""
    index = {name: place for place, name in enumerate(numbers)}
    for row in rows.values():
        for name in categories:
            if row[name].lower() not in MISSING:
                index.setdefault((name, row[name]), len(index))
    def cells(row):
        found = {index[name]: row[name] for name in numbers if row[name].lower() not in MISSING}
        for name in categories:
            for value in ([row[name]] if row[name].lower() not in MISSING else []):
                found[index[name, value]] = "1"
        for name, place in index.items():  # of another name it is known that it is not this one
            if isinstance(name, tuple) and row[name[0]].lower() not in MISSING:
                found.setdefault(place, "0")
        return found
    return cells


def run_rival(table, rows, folds, folder):
    """{line: score}: Debian's xgboost command on the very same folds."""
    if shutil.which("xgboost") is None:
        raise RuntimeError("there is no xgboost command; run make bench-setup")
    folder.mkdir(parents=True, exist_ok=True)
    cells = columns_of(rows, *spec_lists(table.spec))
    texts = {line: " ".join([str(int(row[table.label] == table.yes))] +
                            [f"{place}:{value}" for place, value in sorted(cells(row).items())])
             for line, row in rows.items()}
    config, model, answers = folder / "train.conf", folder / "model.json", folder / "scores.txt"
    config.write_text("".join(f"{key} = {value}\n" for key, value in RIVAL.items()))
    scores = {}
    for fold in sorted(set(folds.values())):
        tested = [line for line in rows if folds[line] == fold]
        for name, lines in (("train", [line for line in rows if folds[line] != fold]), ("test", tested)):
            (folder / f"{name}.txt").write_text("".join(texts[line] + "\n" for line in lines))
        for words in ([f"data={folder}/train.txt?format=libsvm", f"model_out={model}"],
                      ["task=pred", f"test:data={folder}/test.txt?format=libsvm", f"model_in={model}",
                       f"name_pred={answers}"]):
            done = subprocess.run(["xgboost", str(config), *words], capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError("xgboost: " + (done.stderr or done.stdout).strip())
        scores.update(zip(tested, map(float, answers.read_text().split())))
    return scores


def fold_aucs(scores, labels, folds):
    found = []
    for fold in sorted(set(folds.values())):
        lines = [line for line in labels if folds[line] == fold]
        found.append(auc([scores[line] for line in lines], [labels[line] for line in lines]))
    return found


def logit_mean(first, second):
    def logit(prob):
        prob = min(max(prob, 1e-7), 1 - 1e-7)
        return math.log(prob / (1 - prob))
    return {line: (logit(first[line]) + logit(second[line])) / 2 for line in first}


def measure(table, folder):
    """{who: AUC of each fold}; `both` is the mean of our two models' logits, shown and never judged."""
    path = data_folder(table.data) / "sessions.csv.gz"
    rows = read_rows(path)
    labels = {line: int(row[table.label] == table.yes) for line, row in rows.items()}
    folder.mkdir(parents=True, exist_ok=True)
    found = {model: run_ours(table, model, folder, path) for model in OURS}
    folds = {line: fold for line, (fold, _) in found["gbdt"].items()}
    if any(folds != {line: fold for line, (fold, _) in each.items()} for each in found.values()):
        raise RuntimeError(f"{table.name}: the models were not measured on the same folds")
    scores = {model: {line: score for line, (_, score) in each.items()} for model, each in found.items()}
    scores["both"] = logit_mean(scores["gbdt"], scores["dipn"])
    scores["xgboost"] = run_rival(table, rows, folds, folder / "xgboost")
    return {who: fold_aucs(each, labels, folds) for who, each in scores.items()}


def run_tables(figure, quick=False):
    """The part of intent-suite-real about tables: rows, and checks into `figure`."""
    shown = []
    for table in TABLES[:2] if quick else TABLES:
        aucs = measure(table, figure.work_folder() / table.spec)
        means = {who: statistics.mean(each) for who, each in aucs.items()}
        better = max(("gbdt", "dipn"), key=means.get)
        shown.append((table.name, *(round(means[who], 4) for who in ("gbdt", "dipn", "both", "xgboost")),
                      f"{means[better] - means['xgboost']:+.4f}", round(statistics.stdev(aucs[better]), 4)))
        figure.say(json.dumps({"table": table.name, **{who: [round(x, 5) for x in each] for who, each in aucs.items()}}))
        if table.bar is not None:
            figure.at_least(f"better of ours, {table.name}", round(means[better], 4), table.bar, "AUC")
        figure.at_least(f"better of ours against XGBoost, {table.name}", round(means[better], 4),
                        round(means["xgboost"] - BELOW_ALLOWED, 4), "AUC")
    figure.say()
    figure.table(("table, mean AUC of 5 folds", "gbdt", "user-feature net", "both (not judged)", "XGBoost",
                  "better of ours minus it", "deviation over folds"), shown)

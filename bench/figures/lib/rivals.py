"""Simple rivals on a table of decision points (`inkling replay --table`): logistic regression and the XGBoost command."""

import csv
import math
import shutil
import subprocess

TREES = {"booster": "gbtree", "objective": "binary:logistic", "tree_method": "hist", "max_depth": "3", "eta": "0.05",
         "num_round": "60", "min_child_weight": "20", "subsample": "0.7", "colsample_bytree": "0.7", "lambda": "5",
         "seed": "1", "nthread": "1"}
RIDGE = 3.0


def number(text, missing):
    return float(text) if text else missing


def log1p_columns(train, test, columns, missing):
    """log1p, then standardised by the training rows; two lists of rows. `missing` stands for an empty recency."""
    def value(row, name):
        return math.log1p(max(number(row[name], missing if name.startswith("recency.") else 0.0), 0.0))
    def rows_of(table):
        return [[value(row, name) for name in columns] for row in table]
    train_rows, test_rows = rows_of(train), rows_of(test)
    scales = []
    for column in zip(*train_rows):
        mean = sum(column) / len(column)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in column) / (len(column) - 1)) or 1.0
        scales.append((mean, deviation))
    def scaled(rows):
        return [[(value - mean) / deviation for value, (mean, deviation) in zip(row, scales)] for row in rows]
    return scaled(train_rows), scaled(test_rows)


def solve(matrix, right):
    """Gauss with pivoting; the systems here have a handful of unknowns."""
    size = len(right)
    rows = [list(row) + [value] for row, value in zip(matrix, right)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda index: abs(rows[index][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for index in range(pivot + 1, size):
            factor = rows[index][pivot] / rows[pivot][pivot]
            rows[index] = [value - factor * above for value, above in zip(rows[index], rows[pivot])]
    solution = [0.0] * size
    for index in reversed(range(size)):
        known = sum(rows[index][other] * solution[other] for other in range(index + 1, size))
        solution[index] = (rows[index][size] - known) / rows[index][index]
    return solution


def logistic_scores(train_rows, test_rows, labels, steps=12):
    """Ridge logistic regression by Newton's method, free bias; the test rows' logits."""
    width = len(train_rows[0]) + 1
    weights = [0.0] * width
    for _ in range(steps):
        gradient = [RIDGE * weight for weight in weights[:-1]] + [0.0]
        curvature = [[RIDGE if row == column and row < width - 1 else 0.0 for column in range(width)]
                     for row in range(width)]
        for values, label in zip(train_rows, labels):
            features = values + [1.0]
            prob = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features))))
            for row in range(width):
                gradient[row] += (prob - label) * features[row]
                for column in range(width):
                    curvature[row][column] += prob * (1 - prob) * features[row] * features[column]
        weights = [weight - step for weight, step in zip(weights, solve(curvature, gradient))]
    return [sum(w * x for w, x in zip(weights, values + [1.0])) for values in test_rows]


def boosted_trees(train, test, columns, targets, folder, missing):
    """Debian's xgboost command, one model a target; {target: test scores}."""
    if shutil.which("xgboost") is None:
        raise RuntimeError("there is no xgboost command; run make bench-setup")
    folder.mkdir(parents=True, exist_ok=True)
    scores = {}
    for target in targets:
        for part, table in (("train", train), ("test", test)):
            with open(folder / f"{part}.csv", "w", newline="", encoding="utf-8") as lines:
                csv.writer(lines).writerows([row[target]] + [number(row[name], missing) for name in columns]
                                            for row in table)
        model, answers = folder / "model.json", folder / "scores.txt"
        config = folder / "train.conf"
        config.write_text("".join(f"{key} = {value}\n" for key, value in TREES.items()))
        source = f"{folder}/train.csv?format=csv&label_column=0"
        tested = f"{folder}/test.csv?format=csv&label_column=0"
        for words in ([f"data={source}", f"model_out={model}"],
                      ["task=pred", f"test:data={tested}", f"model_in={model}", f"name_pred={answers}"]):
            done = subprocess.run(["xgboost", str(config), *words], capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError("xgboost: " + (done.stderr or done.stdout).strip())
        scores[target] = [float(line) for line in answers.read_text().split()]
    return scores


def write_scores(path, test, by_target):
    with open(path, "w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(["shopper", "ts_ms", *by_target])
        for index, row in enumerate(test):
            writer.writerow([row["shopper"], row["ts_ms"], *(repr(scores[index]) for scores in by_target.values())])

"""A simulated marketplace with promotion days, whose rankers are trained, served for a figure of the scene `add-on`."""

import http.client
import json
import pathlib
import random
import shutil
import signal
import subprocess
import time

from figure import ROOT, program

SEED = 1
SCENE = "add-on"
SIZE = 10
PROMOTION_DAYS, TAUGHT_DAYS = 6, 3  # the last of them teach the rankers
# The network of full size, as its time is what figures are about, but taught for one pass: how well it orders is told by
# add-on-simulated and online-retail-caam.
RANKERS = {"add_on_gbdt": {}, "caam": {"epochs": 1}}
PROMOTION = "spike"
SPEND_CENTS, SAVE_CENTS = 30000, 5000
START_MS = 1735689600000  # of the simulated log
CONNECTIONS = 1024


class Server:
    def __init__(self, work, now_ms, warm_up=None, record=None):
        port_file, config = work / "port", work / "server.yaml"
        port_file.unlink(missing_ok=True)
        lines = ["server:", "  port: 0", "  threads: 1", "  max_connections: 4096"]
        if warm_up:
            lines += [f"  warm_up: {warm_up}", "  warm_up_limit_ms: 20000"]
        if record:
            lines += [f"  record_requests: {record}", "  recorded_requests: 2000"]
        config.write_text("\n".join(lines) + "\n")
        started = time.monotonic()
        self.log = open(work / "server.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [program("inkling"), "serve", "--data", work / "data", "--config", config, "--port-file", port_file,
             "--now-ms", str(now_ms)], cwd=ROOT, stdout=self.log, stderr=self.log)
        while not (port_file.exists() and port_file.read_text()):
            if self.process.poll() is not None:
                raise RuntimeError(f"inkling serve left with exit status {self.process.returncode}")
            time.sleep(0.01)
        self.port = int(port_file.read_text())
        while self.call("GET", "/health/ready", strict=False)[0] != 200:
            time.sleep(0.01)
        self.ready_s = time.monotonic() - started

    def call(self, method, path, body=None, strict=True):
        http_ = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        http_.request(method, path, body=body, headers={"Content-Type": "application/json"} if body else {})
        answer = http_.getresponse()
        text = answer.read().decode()
        http_.close()
        if strict and answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {text}")
        return answer.status, text

    def ask(self, body):
        return json.loads(self.call("POST", f"/v1/scenes/{SCENE}", body)[1])

    def metrics(self):
        values = {}
        for line in self.call("GET", "/metrics")[1].splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                values[name] = float(value)
        return values

    def load(self, requests, phases):
        """One list of counts a phase, as bench/add_on_spike writes them."""
        limit_s = sum(phase[1] for phase in phases) + 60
        run = subprocess.run([program("add_on_spike"), str(self.port), SCENE, requests, str(CONNECTIONS)] +
                             [":".join(str(part) for part in phase) for phase in phases],
                             check=True, capture_output=True, text=True, timeout=limit_s)
        return [json.loads(line) for line in run.stdout.splitlines()]

    def cpu_s(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=60)
        self.log.close()
        return status


def simulate(work, shoppers, items, days):
    """A marketplace of ordinary days and, last, promotion days; its rankers are trained and live, so full answers are."""
    data = work / "data"
    shutil.rmtree(data, ignore_errors=True)
    inkling("simulate", "--data", data, "--seed", SEED, "--shoppers", shoppers, "--items", items,
            "--days", days - PROMOTION_DAYS, "--promotion-days", PROMOTION_DAYS)
    for model in RANKERS:
        train(data, model, {"days": TAUGHT_DAYS, "test_days": 0}, "--seed", SEED)


def inkling(*arguments):
    done = subprocess.run([program("inkling"), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"inkling {arguments[0]}: {done.stderr.strip()}")


def train(data, model, parameters, *options):
    """Makes it live; how many seconds that took."""
    started = time.monotonic()
    told = [part for name, value in {**RANKERS[model], **parameters}.items() for part in ("--set", f"{name}={value}")]
    inkling("train", "--data", data, "--model", model, "--live", *options, *told)
    return time.monotonic() - started


def priced_goods(server):
    """Goods that the marketplace's feed shows to strangers: id, price, currency."""
    ids = set()
    for number in range(8):
        body = json.dumps({"shopper": f"priced-{number}", "size": 200})
        ids.update(item["item"] for item in json.loads(server.call("POST", "/v1/scenes/feed", body)[1])["items"])
    goods, ids = [], sorted(ids)
    for begin in range(0, len(ids), 100):
        told = json.loads(server.call("GET", "/v1/items?ids=" + ",".join(ids[begin:begin + 100]))[1])
        goods += [(item["item"], item["price"]["cents"], item["price"].get("currency", ""))
                  for item in told["items"] if item.get("price")]
    return goods


def cart_below_a_step(goods, chance):
    """Up to four goods that are short of the next step by 5 to 60 of a hundred of it."""
    while True:
        cart = chance.sample(goods, chance.randint(1, 4))
        spent = sum(cents for _, cents, _ in cart)
        if 0.4 <= spent % SPEND_CENTS / SPEND_CENTS <= 0.95:
            return [{"item": item, "quantity": 1, "ticked": True} for item, _, _ in cart]


def write_requests(path, goods, shoppers, count):
    """Three quarters of them of shoppers of the log, the rest of strangers."""
    chance = random.Random(SEED)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            known = chance.random() < 0.75
            shopper = f"shopper-{chance.randrange(shoppers)}" if known else f"stranger-{chance.randrange(shoppers)}"
            request = {"shopper": shopper, "session": f"spike-{number}", "size": SIZE,
                       "cart": cart_below_a_step(goods, chance), "context": {"promotion": PROMOTION}}
            out.write(json.dumps(request) + "\n")


def put_promotion(server, currency, first_request):
    server.call("PUT", f"/v1/promotions/{PROMOTION}", json.dumps(
        {"currency": currency, "every": {"spend_cents": SPEND_CENTS, "save_cents": SAVE_CENTS}}))
    until = time.monotonic() + 20
    while server.ask(first_request)["offer"] is None:
        if time.monotonic() > until:
            raise RuntimeError("the promotion is in no world snapshot after 20 s")
        time.sleep(0.05)

"""The simulated shop of `make shop`, served for a figure, and the scripts of web/shop/browser that play in it."""

import json
import shutil
import subprocess
import time

from figure import ROOT, MissingInput, program

FOLDER = ROOT / "web" / "shop"
MADE = ROOT / "build" / "shop" / "data"


class Shop:
    """inkling over a copy of the shop's data, with the shop's pages at /."""

    def __init__(self, figure):
        folder = figure.work_folder()
        self.data = folder / "data"
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(MADE, self.data)
        port_file = folder / "port"
        port_file.unlink(missing_ok=True)
        self.log = open(folder / "server.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [program("inkling"), "serve", "--data", self.data, "--port", "0", "--port-file", port_file, "--scenes",
             ROOT / "build" / "shop" / "scenes", "--www", FOLDER / "dist"], stdout=self.log, stderr=subprocess.STDOUT)
        while not (port_file.exists() and port_file.read_text()):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {(folder / 'server.log').read_text()}")
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{int(port_file.read_text())}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


def check_made():
    for path in (MADE / "registry.json", FOLDER / "dist" / "index.html", ROOT / "web" / "node_modules"):
        if not path.exists():
            raise MissingInput(f"there is no {path.relative_to(ROOT)}; run make figures-prepare first")
    if not shutil.which("node"):
        raise MissingInput("there is no node; run make bench-setup first")


def node(script, *words, limit_s):
    """What the script printed, read as JSON."""
    command = ["node", FOLDER / "browser" / script, *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=limit_s)
    return json.loads(done.stdout)

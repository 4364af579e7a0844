"""The simulated shop of `make shop`, served for a figure, and the scripts of web/shop/browser that play in it."""

import json
import shutil
import subprocess

from figure import ROOT, MissingInput
from server import Server

FOLDER = ROOT / "web" / "shop"
MADE = ROOT / "build" / "shop" / "data"


class Shop(Server):
    """inkling over a copy of the shop's data, with the shop's pages at /."""

    def __init__(self, figure):
        folder = figure.work_folder()
        data = folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(MADE, data)
        super().__init__(data, folder / "server.log", "--scenes", ROOT / "build" / "shop" / "scenes", "--www",
                         FOLDER / "dist")


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

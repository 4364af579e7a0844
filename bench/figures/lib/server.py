"""inkling serve as a process of a figure: started on a free port, stopped or killed at once."""

import subprocess
import time

from figure import program


class Server:
    """Over the data folder `data`; `options` go to inkling serve, the log to `log`."""

    def __init__(self, data, log, *options):
        self.data, self.log_path, self.options = data, log, options
        self.start()

    def start(self):
        port_file = self.log_path.with_suffix(".port")
        port_file.unlink(missing_ok=True)
        self.log = open(self.log_path, "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [program("inkling"), "serve", "--data", self.data, "--port", "0", "--port-file", port_file, *self.options],
            stdout=self.log, stderr=subprocess.STDOUT)
        while not (port_file.exists() and port_file.read_text()):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log_path.read_text()}")
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{int(port_file.read_text())}"

    def kill(self):
        """As a power cut would: nothing is written any more."""
        self.process.kill()
        self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

"""A running school of its own for the browser: real server, worker and files."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
PHONE = {
    "viewport": {"width": 360, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
DESKTOP = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class School:
    """A school with the demonstration, in a directory of its own."""

    def __init__(self, var):
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes = []
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "REDIS"))},
            "VAR_DIR": str(var),
            "SITE_URL": self.url,
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def manage(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            check=False,
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def start(self, demonstration=True):
        for command in ("migrate", "collectstatic", "prepare_school"):
            self.manage(command, *(["--noinput"] if command != "prepare_school" else []))
        self.sign_ins = self.manage("load_demo") if demonstration else ""
        self.spawn(
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "config.wsgi:application",
        )
        self.spawn("manage.py", "db_worker")
        self.wait()

    def spawn(self, *command):
        with (self.var / f"process-{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.processes.append(process)

    def wait(self):
        for _second in range(60):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2)
                return
            except OSError:
                time.sleep(0.5)
        raise AssertionError((self.var / "process-0.log").read_text()[-4000:])

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(120)  # the worker ends what it has begun

    def password(self, login):
        return re.search(rf"\s{login}\s+密码 (\S+)", self.sign_ins).group(1)

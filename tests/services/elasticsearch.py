"""An Elasticsearch of its own: a real server node from Maven Central's libraries.

The server and its HTTP module are fetched once into var/elasticsearch; node/SchoolNode.java
starts them the way the distribution's own launcher would, without its bundled plugins. Gone
afterwards with its temporary folder (docs/decisions/0053).
"""

import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.service import Environment, Service, end, free_port, wait_for

HERE = Path(__file__).parent / "node"
CACHE = Path(__file__).parents[2] / "var" / "elasticsearch"
HTTP_MODULE = "transport-netty4"
LOGGING = """
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
HTTP_PLUGIN = """
description=Netty 4 based transport implementation
version={version}
name=transport-netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
java.version=17
elasticsearch.version={version}
has.native.controller=false
"""


def version() -> str:
    found = re.search(r"<elasticsearch.version>([\d.]+)<", (HERE / "pom.xml").read_text())
    assert found is not None
    return found[1]


def libraries(maven: Path) -> Path:
    """The folder with the server's jars, fetched when they are not there yet."""
    folder = CACHE / version()
    if not folder.exists():
        print(f"Fetching Elasticsearch {version()} from Maven Central ...", flush=True)
        unfinished = CACHE / f"{version()}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        copy = [maven, "--quiet", "--batch-mode", "--file", HERE / "pom.xml"]
        copy += ["dependency:copy-dependencies", f"-DoutputDirectory={unfinished}"]
        subprocess.run(copy, check=True)
        unfinished.rename(folder)
    return folder


def lay_out(home: Path, jars: Path) -> list[Path]:
    """Makes the node's home; gives the jars of the server itself, its HTTP module aside."""
    module = home / "modules" / HTTP_MODULE
    module.mkdir(parents=True)
    (home / "config").mkdir()
    (home / "config" / "elasticsearch.yml").touch()
    (home / "config" / "log4j2.properties").write_text(LOGGING)
    (module / "plugin-descriptor.properties").write_text(HTTP_PLUGIN.format(version=version()))
    server = []
    for jar in sorted(jars.glob("*.jar")):
        if jar.name.startswith(("netty-", HTTP_MODULE)):
            shutil.copy(jar, module)
        else:
            server.append(jar)
    return server


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_cluster/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def start(home: Path, server: list[Path], port: int) -> subprocess.Popen[bytes]:
    """Java compiles the one source file and runs it."""
    command = ["java", "-Xms512m", "-Xmx512m", "--add-opens=java.base/java.io=ALL-UNNAMED"]
    command += ["-cp", ":".join(map(str, server)), str(HERE / "SchoolNode.java")]
    command += [str(home), str(port)]
    with (home / "log").open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=home)
    wait_for(lambda: is_ready(f"http://127.0.0.1:{port}"), process, home / "log", seconds=120)
    return process


@contextmanager
def running(program: Path, folder: Path) -> Iterator[Environment]:
    port = free_port()
    server = lay_out(folder, libraries(program))
    process = start(folder, server, port)
    try:
        yield {"ELASTICSEARCH_URL": f"http://127.0.0.1:{port}"}
    finally:
        end(process, signal.SIGTERM)


SERVICE = Service(
    name="Elasticsearch",
    program="mvn",
    folders=(),
    package="maven default-jdk-headless",
    running=running,
)

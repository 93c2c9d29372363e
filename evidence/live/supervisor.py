"""The loop: watches the files, has the worker check and build, tells terminal and pages, survives everything else."""

from __future__ import annotations

import argparse
import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from evidence.live.notes import ROOT, Note, note
from evidence.live.server import HOST, serve
from evidence.live.state import State
from evidence.live.watch import changed, is_kept, snapshot

SITE = ROOT / "_build" / ".html"  # where pages are made: the site itself gets them only without a fault
PORT = 8000  # speed: where it listens unless told otherwise
TIMEOUT_S = 60  # speed: for a chapter
POLL_S = 0.1  # speed: between two looks at the files
PATIENCE_S = 10  # speed: a build that takes longer gives way to what has been saved since
NAMED = 3  # message: files that a line of the terminal names


def say(text: str) -> None:
    """Print a line with the time."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


class Worker:
    """The warm process, from outside."""

    def __init__(self, timeout: int):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "evidence.live.worker", str(timeout)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the supervisor
        )
        assert self.process.stdin and self.process.stdout
        self.orders, self.answers = self.process.stdin, self.process.stdout
        self.messages: queue.SimpleQueue[dict] = queue.SimpleQueue()
        self.number, self.is_ready, self.is_building, self.begun = 0, False, False, 0.0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.answers:
            with contextlib.suppress(ValueError):  # half a line of a worker that was killed
                self.messages.put(json.loads(line))
        self.messages.put({"gone": self.process.wait()})

    def build(self) -> None:
        """Have it check and build; what it is about is given up."""
        self.number += 1
        self.is_building, self.begun = True, time.monotonic()
        with contextlib.suppress(OSError):  # it is dead, which its listener says
            self.orders.write(f"{json.dumps({'build': self.number})}\n".encode())
            self.orders.flush()

    def end(self) -> None:
        """End it and what it has started."""
        with contextlib.suppress(OSError):
            self.orders.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Loop:
    """What the supervisor does with what happens."""

    def __init__(self, state: State, timeout: int):
        self.state, self.timeout = state, timeout
        self.files = snapshot(ROOT)
        self.warned: list[Note] = []
        self.printed: set[str] = set()
        self.is_waiting = True  # something was saved that no build has seen
        self.worker = Worker(timeout)

    def start_again(self) -> None:
        """Start the worker anew."""
        self.worker.end()
        self.state.update(phase="starting", said="starting")
        self.worker = Worker(self.timeout)

    def step(self) -> None:
        """Take in one message, look at the files, have built what was saved."""
        with contextlib.suppress(queue.Empty):
            self.hear(self.worker.messages.get(timeout=POLL_S))
        self.look()
        if self.is_waiting and self.worker.is_ready:
            if not self.worker.is_building or time.monotonic() > self.worker.begun + PATIENCE_S:
                self.is_waiting, self.warned = False, []
                self.state.update(phase="building", said="building")
                self.worker.build()

    def look(self) -> None:
        """Notice what was saved; wait until nothing more is."""
        now = snapshot(ROOT)
        names = changed(self.files, now)
        while names:
            time.sleep(POLL_S / 2)
            before, now = now, snapshot(ROOT)
            if now == before:
                break
            names = changed(self.files, now)
        self.files = now
        if not names:
            return
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        say(f"saved {', '.join(names[:NAMED])}{more}")
        self.is_waiting = True
        if any(map(is_kept, names)) or self.worker.process.poll() is not None:
            self.start_again()

    def hear(self, message: dict) -> None:
        """Take in what the worker says; what it says of a build that was given up is left out."""
        if "gone" in message:
            self.lose(message["gone"])
        elif "started" in message:
            self.started([Note(*found) for found in message["started"]])
        elif message["number"] != self.worker.number:
            return
        elif "checked" in message:
            self.state.update(checked=[Note(*found) for found in message["checked"]])
            self.print_notes()
        elif "warned" in message:
            self.warned.append(Note(*message["warned"]))
        elif "ended" in message:
            self.ended([*self.warned, *(Note(*found) for found in message["ended"])], message["seconds"])

    def started(self, found: list[Note]) -> None:
        """Take note that the worker is ready, or why not."""
        if found:
            self.state.update(phase="broken", said="the package does not start", checked=[], built=found)
            self.print_notes()
            say(self.state.said)
        else:
            self.worker.is_ready = True

    def ended(self, found: list[Note], seconds: float) -> None:
        """Take note of how a build has ended."""
        self.worker.is_building = False
        said = f"{'built with problems' if found else 'built'} in {seconds:.1f} s"
        self.state.update(phase="built", said=said, built=found)
        self.print_notes()
        say(said)

    def lose(self, code: int) -> None:
        """Take note that the worker is gone; it is started again at the next save."""
        was_ready, self.worker.is_ready = self.worker.is_ready, False
        if was_ready or self.state.phase != "broken":
            found = [note("", None, f"the process that builds was ended ({code}); save again to start it again")]
            self.state.update(phase="broken", said="not running", built=found)
            self.print_notes()

    def print_notes(self) -> None:
        """Print what is wrong and was not printed before, and say when nothing is any more."""
        texts = [one.text for one in self.state.notes()]
        for text in texts:
            if text not in self.printed:
                print(text, flush=True)
        if self.printed and not texts and self.state.phase == "built":
            say("no problem")
        self.printed = set(texts)


def live(port: int = PORT, timeout: int = TIMEOUT_S) -> int:
    """Serve, watch and build until interrupted; return the exit code. No process is left behind."""
    state = State(SITE)
    try:
        server = serve(state, port)
    except OSError as error:
        print(error.strerror, file=sys.stderr)
        return 1
    if port not in (0, server.server_port):
        say(f"port {port} is taken: this is {server.server_port} (choose with --port)")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    loop = None
    try:
        say(f"the book is at http://{HOST}:{server.server_port}/ while you write; stop with Ctrl-C")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        loop = Loop(state, timeout)
        while True:
            loop.step()
    except KeyboardInterrupt:
        print(flush=True)
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        server.server_close()
        if loop:
            loop.worker.end()


def _between(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two from an option."""

    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most:,}")
        return int(text)

    return read


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--port", type=_between(0, 65535), default=PORT, help="of the local server; the next free one is taken"
    )
    parser.add_argument(
        "--timeout",
        type=_between(1, 86_400),
        default=TIMEOUT_S,
        metavar="SECONDS",
        help="after which a chapter is ended",
    )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="evidence live", description="Rebuild and reload on save.")
    add_options(parser)
    options = parser.parse_args()
    sys.exit(live(options.port, options.timeout))

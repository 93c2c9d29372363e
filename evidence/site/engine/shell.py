"""The IPython shell of a chapter: it writes nothing outside, starts no thread, collects outputs as a kernel does."""

from __future__ import annotations

import io
from pathlib import Path

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import List, Type
from traitlets.config import Config

from evidence.exhibits.exhibit import Exhibit

# No history file, hence no thread that writes it: a process that forks must have none.
NO_HISTORY = {"HistoryManager": {"enabled": False, "hist_file": ":memory:"}}


class Stream(io.TextIOBase):
    """A stdout or stderr that appends to the outputs of the running cell."""

    def __init__(self, name: str, shell: ChapterShell):
        self.stream, self.shell = name, shell

    def write(self, text: str) -> int:
        last = self.shell.outputs[-1] if self.shell.outputs and not self.shell.clear_before_next else None
        if last and last.output_type == "stream" and last.name == self.stream:
            last.text += text
        elif text:
            self.shell.add(nbformat.v4.new_output("stream", name=self.stream, text=text))
        return len(text)


class Publisher(DisplayPublisher):
    """Appends what is displayed to the outputs of the running cell; an update replaces what it names."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
        name, metadata = (transient or {}).get("display_id"), metadata or {}
        if update:
            for output in self.shell.displays.get(name, ()):
                output.update(data=data, metadata=metadata)
            return
        output = self.shell.add(nbformat.v4.new_output("display_data", data=data, metadata=metadata))
        if name:
            self.shell.displays.setdefault(name, []).append(output)

    def clear_output(self, wait=False):
        if wait:
            self.shell.clear_before_next = True
        else:
            self.shell.outputs.clear()


class Hook(DisplayHook):
    """Appends the value of a cell's last line to its outputs."""

    shell: ChapterShell

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        count = self.prompt_count
        self.shell.add(
            nbformat.v4.new_output("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=count)
        )


class ChapterShell(InteractiveShell):
    """A shell for one chapter; ``outputs`` are those of the running cell."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    outputs: List = List()

    def __init__(self, **options):
        self.displays: dict[str, list] = {}
        self.clear_before_next = False
        super().__init__(**options)

    def add(self, output: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Append an output to those of the running cell and return it."""
        if self.clear_before_next:
            self.outputs.clear()
            self.clear_before_next = False
        self.outputs.append(output)
        return output

    def ask_exit(self) -> None:
        """Refuse to end before the last cell: what stands below would not be run."""
        raise RuntimeError("a chapter ends with its last cell, and not with exit()")

    def _showtraceback(self, etype, evalue, stb):
        self.add(nbformat.v4.new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb))


def new_shell(home: Path) -> ChapterShell:
    """Return a fresh shell, the current one of this process; what it may write goes below ``home``."""
    from IPython.core.profiledir import ProfileDir

    InteractiveShell.clear_instance()
    ChapterShell.clear_instance()
    profile = ProfileDir.create_profile_dir(str(home / "profile"))
    shell = ChapterShell.instance(
        config=Config(NO_HISTORY), ipython_dir=str(home), profile_dir=profile, colors="nocolor"
    )
    formatter = shell.display_formatter
    assert formatter is not None
    formatter.mimebundle_formatter.for_type(Exhibit, Exhibit.for_site)  # pages draw it themselves
    return shell

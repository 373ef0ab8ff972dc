"""Hatchling's build hook: builds the C library and the program from the repository, and adds them to the wheel."""

import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NativeBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            sys.exit("digitgen cannot be installed with --editable; use pip install ./python")
        repository = Path(self.root).parent
        tool = repository / "tools" / "make-library"
        if not tool.exists():
            sys.exit("digitgen's wheel is built in its repository: pip install ./python, or tools/make-wheel")
        prefix = repository / ".build" / "python" / "native"
        subprocess.run([tool, prefix], check=True, stdout=sys.stderr)
        # Prints the version; builds the program before.
        subprocess.run([repository / "tools" / "digitgen", "--version"], check=True, stdout=sys.stderr)
        # The licences of what both contain: all of the library's components are in the program, too.
        notices = "; ".join(f"source {name}.sh" for name in ("setup", "build-digitgen", "notices")) + "; make_notices"
        subprocess.run(["bash", "-euc", notices], cwd=repository / "tools" / "support", check=True, stdout=sys.stderr)
        library = (prefix / "lib" / "libdigitgen.so").resolve()
        build_data["force_include"][str(library)] = "digitgen/libdigitgen.so"
        executable = repository / ".build" / "static" / "release" / "digitgen"
        for source in (repository / "LICENSE", repository / ".build" / "static" / "THIRD-PARTY-NOTICES"):
            build_data["force_include"][str(source)] = f"digitgen/{source.name}"
        build_data["shared_scripts"][str(executable)] = "digitgen"
        build_data["pure_python"] = False
        # Any Python 3, because ctypes calls the library; one kind of processor.
        build_data["tag"] = f"py3-none-linux_{platform.machine()}"

"""Makes sure that a Chromium is there for the browser tests; installs Debian's where that is possible."""

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Return 0 when a Chromium can be started, else say what to do and return 1."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return 0
    if shutil.which("apt-get") is None:
        sys.stderr.write(
            "The browser tests need Chromium on the PATH. Install it and run `make test` again.\n"
        )
        return 1
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*root, "apt-get", *step], env=environment, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            sys.stderr.write("Chromium could not be installed. Install it and run `make test` again.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Installs what the tests against the real Chainlit need: a Python of its own with Chainlit, and Node's packages.

The folder to install in is the argument; nothing is done when that was done already from the same lists.
With --without-node after it, only Python and Chainlit are installed.
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).parent
PYTHON_LISTS = ("requirements.txt", "constraints.txt")
NODE_LISTS = ("package.json", "package-lock.json", ".npmrc")


def main(target: pathlib.Path, node_lists: tuple[str, ...]) -> None:
    lists = b"".join((HERE / name).read_bytes() for name in PYTHON_LISTS + node_lists)
    digest = hashlib.sha256(lists).hexdigest()
    done = target / "installed"  # written last
    if done.exists() and done.read_text() == digest:
        return
    what = "Chainlit and its front end's client" if node_lists else "Chainlit"
    print(f"Installing {what}, some 250 MB", flush=True)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)

    venv.create(target / "python", with_pip=True)
    pip = [target / "python" / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-r", HERE / PYTHON_LISTS[0], "-c", HERE / PYTHON_LISTS[1]], check=True)

    for name in node_lists:
        shutil.copy(HERE / name, target)
    if node_lists:
        subprocess.run(["npm", "ci"], cwd=target, check=True)
    done.write_text(digest)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).absolute(), () if "--without-node" in sys.argv else NODE_LISTS)

"""What ssh asks through (SSH_ASKPASS): hands the question to Celadon and prints the answer.

Run as a script by an interpreter of its own, it knows the standard library and one thing: the
socket in CELADON_ASKPASS. A closed socket is: nobody answers.
"""

import json
import os
import socket
import sys

SOCKET = "CELADON_ASKPASS"


def main() -> int:
    """Ask what the command line says; return the exit status that ssh expects."""
    question = {"text": sys.argv[1], "hint": os.environ.get("SSH_ASKPASS_PROMPT", "")}
    with socket.socket(socket.AF_UNIX) as channel:
        channel.connect(os.environ[SOCKET])
        channel.sendall(json.dumps(question).encode() + b"\n")
        with channel.makefile() as lines:
            answer = lines.readline()
    if not answer:
        return 1
    sys.stdout.write(json.loads(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# -*- coding: utf-8 -*-
"""`make run`, `make test` and `make check`, with nothing but Python.

    python3 config/bootstrap.py run|test|check|manage …

Only the standard library, and only syntax that older Pythons read: they get a sentence, not a traceback.
"""

import os
import sys

OLDEST_PYTHON = (3, 11)
USAGE = "Usage : python3 config/bootstrap.py run | test [arguments de pytest] | check | manage [commande]"


def main(arguments):
    """Carry out the command and give the process's exit status."""
    if sys.version_info < OLDEST_PYTHON:
        return complain(
            "Il faut Python 3.11 ou plus récent ; celui-ci est le " + sys.version.split()[0] + "."
        )
    # This file's own folder is not a place to import from: its modules belong to the package.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from config import gates, supervisor
    from config.embedded_pg import Unavailable
    from config.installation import Missing

    commands = {
        "run": supervisor.run,
        "manage": supervisor.manage,
        "test": gates.test,
        "check": gates.check,
    }
    if not arguments or arguments[0] not in commands:
        return complain(USAGE)
    try:
        return commands[arguments[0]](arguments[1:])
    except (Missing, Unavailable) as sentence:
        return complain(str(sentence))
    except KeyboardInterrupt:
        return 130


def complain(sentence):
    """Say what is wrong, and fail."""
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/bin/sh
# Prints the path of a working Python 3.10: on PATH, under pyenv, or provided by uv from PyPI.
# A bare python3.10 may be a pyenv shim that fails unless that version is active, so each candidate is tried.
for kandidaat in python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10; do
    if "$kandidaat" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
        "$kandidaat" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
echo 'No Python 3.10 found; asking uv for one.' >&2
python3 -m venv .uv >&2 && .uv/bin/pip install -q uv >&2 && .uv/bin/uv python install 3.10 >&2 &&
    .uv/bin/uv python find 3.10 && exit 0
echo 'Rasa 3.6 needs Python 3.10: install it (for instance with pyenv) and try again.' >&2
exit 1

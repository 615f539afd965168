#!/bin/sh
# Renews requirements.lock and requirements-dev.lock; needs uv on PATH. Arguments go to uv,
# for example --upgrade or --upgrade-package weasyprint.
set -eu
cd "$(dirname -- "$0")/.."

lock() {
    output=$1
    shift
    uv pip compile pyproject.toml --quiet --universal --python-version 3.10 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command scripts/lock.sh \
        --output-file "$output" "$@"
}

# ./run and ./run test install this; the dev lock adds to it and never differs from it.
lock requirements.lock --extra test "$@"
lock requirements-dev.lock --extra test --extra dev --constraint requirements.lock "$@"

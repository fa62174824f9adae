#!/bin/sh
# What a container runs: one of the Procfile's processes, `prepare`, or any manage.py command.
set -eu
cd /app
case "${1:-web}" in
    web | worker | encoder | schedule)
        exec sh -c "$(sed -n "s/^$1: //p" Procfile)"
        ;;
    prepare)
        python manage.py migrate --no-input
        exec python manage.py prepare_school
        ;;
    *)
        exec python manage.py "$@"
        ;;
esac

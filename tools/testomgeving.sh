#!/bin/sh
# The tests need Debian's Chromium, PostgreSQL, Redis and nginx; installs what is missing where that is allowed, and says what to do
# where it is not.
ontbreekt=
[ -n "$OPNAME_CHROMIUM" ] || command -v chromium >/dev/null || ontbreekt="chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || ontbreekt="$ontbreekt postgresql"
command -v redis-server >/dev/null || ontbreekt="$ontbreekt redis-server"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || ontbreekt="$ontbreekt nginx-light"
[ -n "$ontbreekt" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$ontbreekt"
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $ontbreekt >/dev/null && exit 0
fi
echo "The tests need more: run \"sudo apt-get install $ontbreekt\" (or set OPNAME_CHROMIUM to a browser's path)." >&2
exit 1

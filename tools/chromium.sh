#!/bin/sh
# The browser tests need Debian's Chromium; installs it where that is allowed, and says what to do where it is not.
[ -n "$OPNAME_CHROMIUM" ] || command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo 'Installing Chromium for the browser tests.'
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo 'The browser tests need Chromium: run "sudo apt-get install chromium", or set OPNAME_CHROMIUM to its path.' >&2
exit 1

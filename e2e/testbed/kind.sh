#!/usr/bin/env bash
# The real kind, the peer that our clusters must get on with: Debian unstable's package, unpacked into the cache.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ -x "$BOATHOUSE_TEST_KIND" ] && exit
lock kind
[ -x "$BOATHOUSE_TEST_KIND" ] && exit
say "Fetching kind from Debian unstable"
work=$cache/kind.part
rm -rf "$work"
private_apt "$work" 'deb sid main'
cd "$work"
"${apt[@]}" download kind
dpkg -x kind_*.deb root
mkdir -p "${BOATHOUSE_TEST_KIND%/*}"
mv root/usr/bin/kind "$BOATHOUSE_TEST_KIND"
cd "$cache"
rm -rf "$work"

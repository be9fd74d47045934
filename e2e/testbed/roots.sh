#!/usr/bin/env bash
# The two small Debians that the testbed's images start from, as archives in the cache.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# root NAME PACKAGE,...: makes root-NAME.tar.zst in the cache
root() {
  local file=$cache/root-$1.tar.zst directory=$cache/root-$1.part
  [ -f "$file" ] && return
  say "Making the images' $1 layer from Debian's packages"
  remove_tree "$directory"
  debian_root "$directory" bookworm "$2"
  rm -rf "$directory"/var/cache/apt/* "$directory"/var/lib/apt/lists/* "$directory"/usr/share/{doc,man,locale,info}/*
  tar -C "$directory" -c . | zstd -q -f -o "$file.part"
  mv "$file.part" "$file"
  remove_tree "$directory"
}

[ -f "$cache/root-base.tar.zst" ] && [ -f "$cache/root-node.tar.zst" ] && exit
lock roots
apt_install debootstrap zstd
root base iptables,conntrack,iproute2,dnsmasq-base,busybox-static,etcd-server,etcd-client,haproxy,docker-registry,ca-certificates
root node systemd,systemd-sysv,containerd,runc,iptables,iproute2,conntrack,ethtool,socat,ebtables,kmod,procps,containernetworking-plugins,ca-certificates,hostname,curl,nftables

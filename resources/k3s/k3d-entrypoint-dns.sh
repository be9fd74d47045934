#!/bin/sh
# Docker's DNS listens on a loopback address, which pods cannot reach. The network's gateway is made to lead to it, for the node and its pods.
set -u
docker=127.0.0.11
gateway=$(ip route show default | awk '{ print $3; exit }')
[ -n "$gateway" ] || exit 1

# The engine writes its rules with the kind of iptables that this computer has.
for tables in iptables iptables-legacy iptables-nft; do
  rules=$($tables-save -t nat 2>/dev/null)
  case $rules in *$docker*) break ;; esac
done
for protocol in tcp udp; do
  to=$(echo "$rules" | sed -n "s/^-A DOCKER_OUTPUT .*-p $protocol .*--to-destination \(${docker}:[0-9]*\).*/\1/p" | head -n 1)
  [ -n "$to" ] || exit 1
  for chain in OUTPUT PREROUTING; do
    $tables -t nat -A $chain -d "$gateway" -p $protocol --dport 53 -j DNAT --to-destination "$to"
  done
done
# Packets of pods come in from elsewhere and go on to a loopback address.
echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet

# The file is the engine's: it can be written, not replaced.
resolver=$(sed "s/$docker/$gateway/g" /etc/resolv.conf)
echo "$resolver" >/etc/resolv.conf

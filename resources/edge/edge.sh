#!/bin/sh
# Owns host ports of a cluster in a container of its own: leads what arrives there on to the nodes, and past those that are down.
#
# /edge/routes    one line for each port: PROTOCOL PORT CHECK TARGET...
#                   CHECK   api   the target answers HTTPS with less than 500; connections to one that is gone are closed
#                           node  the kubelet at the target's address answers
#                           none  the target is taken as it is
#                   TARGET  ADDRESS:PORT, [IPV6-ADDRESS]:PORT, or for a Service NAME.NAMESPACE:PORT
# /edge/services  SUBNET NODE-ADDRESS...: the way to the addresses of Services, one line for each family, the one that counts first
#                 dns ADDRESS: who knows the names of Services
# /edge/paused    while it has a text, the cluster is paused: port 6443 answers with it as a Kubernetes error (needs /edge/tls.pem),
#                 other TCP ports answer HTTP with it and close every other connection at once
# /edge/wake      while it is not empty, too: clients are told to ask again, and each request is noted in the container's log
# SIGUSR1 reads everything again: an engine that was started by nohup ignores SIGHUP, and so does all that it starts, for good.
# SIGUSR2 says that the cluster is not paused any more: both of those files are emptied, and all is read again.
# Whoever has a pipe $state/told-* open before is told there when the rules are as the files say.
set -u
directory=/edge
state=/run/edge
api_responder=16443
port_responder=16080
interval=1

# answer api|port: one HTTP response to the request on standard input; nothing to what is no HTTP
answer() {
  request=$(timeout 2 sh -c 'IFS= read -r first; echo "$first"; [ "$1" = port ] || while IFS= read -r line && [ ${#line} -gt 1 ]; do :; done' sh "$1")
  again=''
  if [ -s $directory/wake ]; then
    # Refresh is for browsers, which do not heed the other.
    again=$(printf 'Retry-After: 1\r\nRefresh: 2\r\n.')
    again=${again%.}
    echo "asked while paused" >/proc/1/fd/1
  fi
  case $request in
    *HTTP/1*) ;;
    *) return ;;
  esac
  type=text/plain
  body=$(cat $directory/paused)
  if [ "$1" = api ]; then
    type=application/json
    body=$(printf '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"ServiceUnavailable","code":503,"message":"%s"}' "$body")
  fi
  printf 'HTTP/1.1 503 Service Unavailable\r\nContent-Type: %s\r\n%sContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$type" "$again" "$(printf %s "$body" | wc -c)" "$body"
}

# look TARGET CHECK: prints "up", "slow" (it is there and does not answer yet) or "gone"
look() {
  case $2 in
    api) url="https://$1/livez" ;;
    node) url="https://${1%:*}:10250/healthz" ;;
    *) echo up && return ;;
  esac
  if ! command -v curl >/dev/null; then
    # Images of k3s have no program that speaks TLS: who accepts connections is up.
    target=${url#https://}
    if socat -u /dev/null "TCP4:${target%%/*},connect-timeout=2" 2>/dev/null; then echo up; else echo gone; fi
    return
  fi
  seen=$(curl -sk -o /dev/null -w '%{http_code} %{time_connect}' --max-time 3 --connect-timeout 2 "$url")
  code=${seen% *}
  if [ "$code" -ge 200 ] && [ "$code" -lt 500 ]; then
    echo up
  elif [ "${seen#* }" = 0.000000 ]; then
    echo gone
  else
    echo slow
  fi
}

# resolve NAME 4|6: its first address of the family; images of k3s ask by busybox
resolve() {
  if command -v getent >/dev/null; then
    getent "ahostsv$2" "$1" | awk '{print $1; exit}'
  else
    nslookup "$1" 2>/dev/null | awk -v family="$2" '/^Name:/ {named = 1}
      named && /^Address/ {sub(/^Address( [0-9]+)?: */, ""); if (($1 ~ /:/) == (family == 6)) {print $1; exit}}'
  fi
}

# address TARGET: the target with its Service's name turned into an address; nothing while there is none
address() {
  case ${1%:*} in
    \[*) echo "$1" ;;
    *[!0-9.]*)
      # Without a way there DNS is not reached either, and asking would take its time.
      for family in $led; do
        found=$(resolve "${1%:*}.svc.cluster.local" "$family")
        case $found in
          '') continue ;;
          *:*) echo "[$found]:${1##*:}" ;;
          *) echo "$found:${1##*:}" ;;
        esac
        return
      done
      ;;
    *) echo "$1" ;;
  esac
}

# survey CHECK TARGET...: looks at all side by side and prints those to use: the ones that are up, all when none is
survey() {
  check=$1
  shift
  if [ "$check" = none ] || [ $# -eq 1 ]; then
    printf '%s\n' "$@"
    return
  fi
  for target; do look "$target" "$check" >"$state/$target" & done
  wait
  if ! (for target; do if [ "$(cat "$state/$target")" = up ]; then echo "$target"; fi; done) | grep .; then
    printf '%s\n' "$@"
  fi
}

# relayed CHECK TARGET...: whether connections go through processes here, which can close them when the target is gone, and which
# know both families of addresses
relayed() {
  case $2 in \[*) return 0 ;; esac
  [ "$1" = api ] && [ $# -gt 2 ]
}

# ends TARGET: how socat calls the target, by its family and the protocol of the route
ends() {
  case $protocol in udp) transport=UDP options='' ;; *) transport=TCP options=,connect-timeout=3,nodelay ;; esac
  case $1 in \[*) family=6 ;; *) family=4 ;; esac
  echo "$transport$family:$1$options"
}

# listen FAMILY PORT: how socat calls what hears the port
listen() {
  case $protocol in udp) echo "UDP$1-LISTEN:$2,reuseaddr,fork" ;; *) echo "TCP$1-LISTEN:$2,reuseaddr,fork,nodelay" ;; esac
}

# relay_port TARGET: the port of the target's relay, the same for as long as the target has its address
relay_port() {
  host=${1%:*}
  case $host in
    \[*) last=${host##*:} last=${last%]} && echo $((20000 + 0x${last:-0} % 10000)) ;;
    *) echo $((20000 + ${host##*.})) ;;
  esac
}

# relay TARGET: a process that leads connections to its port on to the target, in a group of its own with its children
relay() {
  number=$(relay_port "$1")
  if [ -e "$state/relay-$number" ] && kill -0 "$(cat "$state/relay-$number")" 2>/dev/null; then return; fi
  setsid socat "$(listen 4 "$number")" "$(ends "$1")" 2>/dev/null &
  echo $! >"$state/relay-$number"
}

# relay_ipv6 PORT TARGET: what arrives over IPv6, which has no rules, goes through a process, a new one when the target changes
relay_ipv6() {
  if ! ip -6 address show dev eth0 scope global 2>/dev/null | grep -q inet6; then return; fi
  if [ "$(cat "$state/ipv6-$1-target" 2>/dev/null)" = "$2" ] && kill -0 "$(cat "$state/ipv6-$1")" 2>/dev/null; then return; fi
  if [ -e "$state/ipv6-$1" ]; then kill -9 -- "-$(cat "$state/ipv6-$1")" 2>/dev/null; fi
  setsid socat "$(listen 6 "$1"),ipv6only=1" "$(ends "$2")" 2>/dev/null &
  echo $! >"$state/ipv6-$1"
  echo "$2" >"$state/ipv6-$1-target"
}

# end_relay PORT: ends a relay and its connections, whose clients are told at once
end_relay() {
  kill -9 -- "-$(cat "$state/relay-$1")" 2>/dev/null
  rm "$state/relay-$1"
}

# relays TARGET...: relays for all; those of targets that are gone end
relays() {
  for target; do
    if [ "$(cat "$state/$target" 2>/dev/null)" = gone ] && [ -e "$state/relay-$(relay_port "$target")" ]; then
      end_relay "$(relay_port "$target")"
    fi
    relay "$target"
  done
}

# end_others TARGET...: relays of targets that are none any more end
end_others() {
  wanted=' '
  for target; do wanted="$wanted$(relay_port "$target") "; done
  for file in "$state"/relay-*; do
    number=${file##*-}
    case "$wanted" in
      *" $number "*) ;;
      *) if [ -e "$file" ]; then end_relay "$number"; fi ;;
    esac
  done
}

# lead PROTOCOL PORT CHECK ALL...: the rules of one port
lead() {
  protocol=$1 port=$2 check=$3
  shift 3
  all=$*
  # shellcheck disable=SC2046 # a list
  set -- $(survey "$check" "$@")
  relay_ipv6 "$port" "$1" >&2
  while [ $# -gt 0 ]; do
    rule="-A EDGE -i eth0 -p $protocol --dport $port"
    if [ $# -gt 1 ]; then rule="$rule -m statistic --mode nth --every $# --packet 0"; fi
    # shellcheck disable=SC2086 # a list
    if relayed "$check" $all; then
      echo "$rule -j REDIRECT --to-ports $(relay_port "$1")"
    else
      echo "$rule -j DNAT --to-destination $1"
    fi
    shift
  done
  # shellcheck disable=SC2086 # a list
  if relayed "$check" $all; then relays $all >&2; fi
  # shellcheck disable=SC2086 # a list
  if [ "$port" = 6443 ]; then end_others $all; fi
}

# rules: what iptables-restore is to make of the routes
rules() {
  echo '*nat'
  echo ':EDGE - [0:0]'
  while read -r protocol port check targets; do
    if [ -z "$protocol" ]; then continue; fi
    if [ -s $directory/paused ]; then
      responder=$port_responder
      if [ "$port" = 6443 ]; then responder=$api_responder; fi
      if [ "$protocol" = tcp ]; then echo "-A EDGE -i eth0 -p tcp --dport $port -j REDIRECT --to-ports $responder"; fi
      if [ "$protocol" = tcp ]; then relay_ipv6 "$port" "127.0.0.1:$responder" >&2; fi
      continue
    fi
    # shellcheck disable=SC2046 # a list
    set -- $(for target in $targets; do address "$target"; done)
    if [ $# -gt 0 ]; then lead "$protocol" "$port" "$check" "$@"; fi
  done <$directory/routes
  echo COMMIT
}

# way: Services are reached over the first node that is up; led says for which families there is one
way() {
  led=''
  if [ ! -e $directory/services ] || [ -s $directory/paused ]; then return; fi
  while read -r subnet nodes; do
    case $subnet in
      dns) know "$nodes" ;;
      *:*) way_over 6 ;;
      *) way_over 4 ;;
    esac
  done <$directory/services
}

# way_over FAMILY: the way to a subnet over one of its nodes
way_over() {
  for node in $nodes; do
    target=$node
    if [ "$1" = 6 ]; then target="[$node]"; fi
    if [ "$(look "$target:0" node)" = up ]; then
      ip "-$1" route replace "$subnet" via "$node"
      led="$led $1"
      return
    fi
  done
}

# know ADDRESS: names are asked there; those that do not exist yet must not hold up the rest
know() {
  wanted="nameserver $1
options timeout:1 attempts:1 ndots:1"
  if [ "$(cat /etc/resolv.conf)" != "$wanted" ]; then echo "$wanted" >/etc/resolv.conf; fi
}

# respond: the answering processes are there exactly while the cluster is paused
respond() {
  if [ -s $directory/paused ] && [ -z "$responders" ]; then
    listen=reuseaddr,fork
    socat "TCP4-LISTEN:$port_responder,$listen" "SYSTEM:sh $directory/edge.sh answer port" &
    responders=$!
    if [ ! -e $directory/tls.pem ]; then return; fi
    socat "OPENSSL-LISTEN:$api_responder,$listen,cert=$directory/tls.pem,verify=0" "SYSTEM:sh $directory/edge.sh answer api" &
    responders="$responders $!"
  elif [ ! -s $directory/paused ] && [ -n "$responders" ]; then
    # shellcheck disable=SC2086 # a list
    kill $responders 2>/dev/null
    responders=''
    rm -rf $state/waking
  fi
}

# tell PIPE...: lets those go on who wait for what was read to be so; opened for both, a pipe that nobody reads any more holds nobody up
tell() {
  for pipe; do
    if [ -p "$pipe" ]; then echo told 1<>"$pipe"; fi
  done
}

# restless: whether anything can change without a signal: targets that are watched, and names
restless() {
  if [ -s $directory/paused ]; then return 1; fi
  [ -e $directory/services ] || grep -Eq '^[a-z]+ [0-9]+ (api|node) .* ' $directory/routes
}

if [ "${1:-}" = answer ]; then
  answer "$2"
  exit
fi

# Before the first signal can come, which would find some of them unset and end the script.
before='' leading='' responders='' led='' pause='' again=no
trap 'exit 0' TERM INT
# Heard at any moment: while it works it begins again at the end, while it rests it is woken.
trap 'again=yes; kill $pause 2>/dev/null' USR1
trap ': >$directory/paused; : >$directory/wake; again=yes; kill $pause 2>/dev/null' USR2
rm -rf $state
mkdir -p $state
for iptables in iptables iptables-nft iptables-legacy; do
  if $iptables -w -t nat -S >/dev/null 2>&1; then break; fi
done
$iptables -w -t nat -N EDGE
$iptables -w -t nat -A PREROUTING -j EDGE
$iptables -w -t nat -A POSTROUTING -o eth0 -m conntrack --ctstate DNAT -j MASQUERADE

# follow RULES: makes them count, if others do
follow() {
  if [ "$1" = "$before" ] || ! echo "$1" | "$iptables-restore" -w --noflush; then return; fi
  # k3d 5.9: what its program waits for when it starts a load balancer.
  if [ -z "$before" ]; then echo "ready: start worker processes"; fi
  before=$1
  echo "leads: $(echo "$1" | sed -n 's/^-A EDGE -i eth0 //p' | tr '\n' ';')"
}

while :; do
  again=no
  asking=$(ls -d $state/told-* 2>/dev/null)
  # What led before a pause leads on at once, whoever asks waits for it; then it is looked at anew.
  if [ -n "$leading" ] && [ ! -s $directory/paused ]; then follow "$leading"; fi
  respond
  way
  now=$(rules)
  follow "$now"
  if [ ! -s $directory/paused ]; then leading=$now; fi
  # shellcheck disable=SC2086 # a list
  tell $asking
  if restless; then sleep $interval & else sleep 2147483647 & fi
  pause=$!
  if [ $again = no ]; then wait $pause; fi
  kill $pause 2>/dev/null
  pause=''
done

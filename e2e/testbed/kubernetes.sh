#!/usr/bin/env bash
# Kubernetes' programs, compiled from Debian's source package: about four minutes on two cores, once.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

names=(kubeadm kubelet kubectl kube-apiserver kube-controller-manager kube-scheduler kube-proxy)
work=$cache/kubernetes-build
source=$work/gopath/src/k8s.io/kubernetes

missing() {
  local name
  for name in "${names[@]}"; do [ -x "$programs/$name" ] || echo "$name"; done
}

fetch_source() {
  [ -d "$source" ] && return
  say "Fetching Debian's kubernetes source package"
  rm -rf "$work/fetch"
  private_apt "$work/fetch" 'deb-src bookworm main'
  (cd "$work/fetch" && "${apt[@]}" source --download-only kubernetes && dpkg-source --no-check -x ./*.dsc tree >/dev/null)
  # the vendored reflect2 1.0.1 crashes when it is built with Go 1.18 or newer; Debian packages 1.0.2
  rm -rf "$work/fetch/tree/vendor/github.com/modern-go/reflect2"
  cp -rL /usr/share/gocode/src/github.com/modern-go/reflect2 "$work/fetch/tree/vendor/github.com/modern-go/"
  rm -f "$work/fetch/tree/vendor/github.com/modern-go/reflect2/"*_test.go
  mkdir -p "${source%/*}"
  mv "$work/fetch/tree" "$source"
  rm -rf "$work/fetch"
}

# kube-apiserver links OpenAPI definitions that the source package leaves out
generate_openapi() {
  local file=pkg/generated/openapi/zz_generated.openapi.go inputs
  [ -f "$source/$file" ] && return
  say "Generating the OpenAPI definitions"
  go build -o "$work/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
  inputs=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg cmd plugin vendor/k8s.io/*/ |
    grep -vE '_test|code-generator|sample-' | xargs -n1 dirname | sort -u | sed 's#^#k8s.io/kubernetes/#' | paste -sd,)
  rm -rf "$work/generated"
  "$work/openapi-gen" --logtostderr -i "$inputs" -O zz_generated.openapi -p k8s.io/kubernetes/pkg/generated/openapi \
    --go-header-file hack/boilerplate/boilerplate.generatego.txt --report-filename "$work/api-violations" --output-base "$work/generated"
  mv "$work/generated/k8s.io/kubernetes/$file" "$source/$file"
}

compile() {
  local v=k8s.io/kubernetes/vendor/k8s.io/component-base/version c=k8s.io/kubernetes/vendor/k8s.io/client-go/pkg/version flags name
  flags="-s -w -X $v.gitVersion=$kubernetes_version -X $v.gitMajor=1 -X $v.gitMinor=20 -X $v.gitTreeState=archive"
  flags+=" -X $v.gitCommit=unknown -X $v.buildDate=1970-01-01T00:00:00Z -X $c.gitVersion=$kubernetes_version"
  mkdir -p "$programs"
  for name in $(missing); do
    say "Compiling $name"
    go build -trimpath -ldflags "$flags" -o "$work/$name" "k8s.io/kubernetes/cmd/$name"
    mv "$work/$name" "$programs/$name"
  done
}

[ -n "$(missing)" ] || exit 0
lock kubernetes
[ -n "$(missing)" ] || exit 0
apt_install golang-go dpkg-dev golang-github-modern-go-reflect2-dev ca-certificates
fetch_source
cd "$source"
export GOPATH=$work/gopath GOCACHE=$work/gocache GO111MODULE=off CGO_ENABLED=0
generate_openapi
compile
cd "$cache"
rm -rf "$work"

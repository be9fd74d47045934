#!/usr/bin/env bash
# Chromium for Playwright, and fonts for both of the product's languages.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

packages=(chromium fonts-liberation fonts-noto-cjk)
apt_has "${packages[@]}" && exit
say "Installing Debian's chromium"
apt_install "${packages[@]}"

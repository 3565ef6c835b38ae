#!/bin/sh
# Take away what install.sh installed. Drawings, weights and settings stay.
#
#   ~/.local/lib/digitpad/uninstall.sh
set -eu

program=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ ! -f "$program/installed-data" ]; then
  echo "uninstall.sh: nothing was installed from here; run the one in lib/digitpad of the folder" \
    "that install.sh named" >&2
  exit 1
fi
prefix=$(dirname -- "$(dirname -- "$program")")
data=$(cat "$program/installed-data")

rm -f "$data/applications/digitpad.desktop" "$data/metainfo/digitpad.metainfo.xml" \
  "$data/mime/packages/digitpad.xml" "$data/icons/hicolor/256x256/apps/digitpad.png"
"$program/refresh.sh" "$data"
[ "$(readlink "$prefix/bin/digitpad" 2>/dev/null)" != ../lib/digitpad/digitpad ] ||
  rm -f "$prefix/bin/digitpad"
rm -rf "$program"

echo "Digitpad is taken away. Drawings, weights and settings are kept in $data/digitpad and" \
  "${XDG_CONFIG_HOME:-$HOME/.config}/digitpad."

#!/bin/sh
# Install Digitpad for this user alone; no root is needed. uninstall.sh takes it away again.
#
#   ./install.sh            into ~/.local
#   ./install.sh FOLDER     into another folder, as $HOME/programs
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
prefix=${1:-$HOME/.local}
data=${XDG_DATA_HOME:-$HOME/.local/share}
[ $# -eq 0 ] || data=$prefix/share

case $prefix in
  /*) ;;
  *) echo "install.sh: name the folder from the root on, as $PWD/$prefix" >&2; exit 2 ;;
esac
# What a desktop file would take for more than a name.
case $prefix$data in
  *[\"\`\$%\\]*) echo "install.sh: name a folder without quotes, \\, \$, % and \`" >&2; exit 2 ;;
esac
if [ ! -x "$here/digitpad" ] || [ ! -d "$here/_internal" ]; then
  echo "install.sh: the program is not beside this file; unpack the archive whole" >&2
  exit 1
fi
if [ "$here" = "$prefix/lib/digitpad" ]; then
  echo "install.sh: this is the installed program; run install.sh of the unpacked archive" >&2
  exit 1
fi

mkdir -p "$prefix/lib" "$prefix/bin" "$data/applications" "$data/metainfo" \
  "$data/mime/packages" "$data/icons/hicolor/256x256/apps"

# Beside and moved into place: a program that runs, or one that was cut short, is never half new.
new=$prefix/lib/digitpad.new
rm -rf "$new"
cp -R "$here" "$new"
printf '%s\n' "$data" > "$new/installed-data"
rm -rf "$prefix/lib/digitpad.old"
[ ! -e "$prefix/lib/digitpad" ] || mv "$prefix/lib/digitpad" "$prefix/lib/digitpad.old"
mv "$new" "$prefix/lib/digitpad"
rm -rf "$prefix/lib/digitpad.old"

ln -sf ../lib/digitpad/digitpad "$prefix/bin/digitpad"
awk -v program="$prefix/bin/digitpad" \
  '/^Exec=/ { printf "Exec=\"%s\" %%f\n", program; next } { print }' \
  "$here/share/digitpad.desktop" > "$data/applications/digitpad.desktop"
cp "$here/share/digitpad.metainfo.xml" "$data/metainfo/digitpad.metainfo.xml"
cp "$here/share/digitpad-mime.xml" "$data/mime/packages/digitpad.xml"
cp "$here/share/digitpad.png" "$data/icons/hicolor/256x256/apps/digitpad.png"
"$here/refresh.sh" "$data"

echo "Digitpad is installed: $prefix/bin/digitpad, and in the list of applications."
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not on PATH; name the whole path to start it in a terminal." ;;
esac

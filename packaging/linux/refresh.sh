#!/bin/sh
# Tell the desktop of what was put into a folder of data or taken out of it, where it can be told.
tell() {
  if command -v "$1" > /dev/null 2>&1; then
    "$@" > /dev/null 2>&1 || true
  fi
}
tell update-desktop-database "$1/applications"
tell update-mime-database "$1/mime"
tell gtk-update-icon-cache -q -t "$1/icons/hicolor"

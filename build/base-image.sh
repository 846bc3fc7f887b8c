#!/usr/bin/env bash
# Builds a small base image from what the machine has, for where no registry can be reached: a Java runtime linked from the JDK 25 and the
# few files of Debian (or Ubuntu) that it needs, of this machine's own release. No shell, no package manager, no daemon to build it.
# usage: base-image.sh TAR     writes a docker-archive, which `make images BASE=TAR` takes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source build/toolchain.sh

readonly tar=$(realpath -m "${1:?where to write the tar}")
# What the services use, with Java's own tools for finding out what a process does (jcmd by its attach protocol needs no module).
readonly modules=java.se,jdk.unsupported,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.zipfs
# The C++ library is PostgreSQL's, for the trial's database; zlib is for native programs, since Java has its own.
readonly packages=(base-files libc-bin libc6 libgcc-s1 libstdc++6 tzdata zlib1g)
readonly java_home=/opt/java/openjdk
# Jib gives every file the same time; so does this, or the AOT cache would take the runtime for another one.
readonly epoch=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
readonly root=$work/root

unpack_debian() {
  local deb
  mkdir -p "$work/debs" "$root"
  (cd "$work/debs" && apt-get download -qq -o APT::Sandbox::User=root "${packages[@]}")
  for deb in "$work"/debs/*.deb; do
    dpkg-deb -x "$deb" "$root"
  done
  # Since Debian 13 the packages have no files outside /usr; before, the directories of old become links here as they do in an installation.
  local dir
  for dir in bin sbin lib lib64; do
    if [ -d "$root/$dir" ] && [ ! -L "$root/$dir" ]; then
      mkdir -p "$root/usr/$dir"
      cp -a "$root/$dir/." "$root/usr/$dir/"
      rm -rf "${root:?}/$dir"
    fi
    mkdir -p "$root/usr/$dir"
    ln -sfn "usr/$dir" "$root/$dir"
  done
  # Of libc-bin its locale C.UTF-8 alone.
  rm -rf "$root"/usr/{bin,sbin}/*
  find "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/lintian" -type f ! -name copyright -delete 2>/dev/null || true
  rm -rf "$root"/usr/share/{locale,i18n,man,lintian,bug} "$root"/usr/lib/*/gconv "$root"/var "$root"/home "$root"/root "$root"/proc "$root"/sys "$root"/dev "$root"/run
}

link_java() {
  mkdir -p "$root$(dirname "$java_home")"
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --include-locales=en,zh --output "$root$java_home"
  rm -f "$root$java_home"/lib/*.diz
  # The default archive of the JVM's own classes, which an AOT cache builds upon.
  "$root$java_home/bin/java" -Xshare:dump -Xlog:disable
}

add_accounts() {
  printf 'root:x:0:0:root:/root:/sbin/nologin\nliangjiang:x:10001:10001:Liangjiang:/tmp:/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nliangjiang:x:10001:\n' >"$root/etc/group"
  printf 'hosts: files dns\npasswd: files\ngroup: files\n' >"$root/etc/nsswitch.conf"
  mkdir -p "$root"/{tmp,proc,sys,dev,run}
  chmod 1777 "$root/tmp"
}

pack() {
  local arch config diff
  case $(uname -m) in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
    *) echo "No image is built on $(uname -m)." >&2; exit 1 ;;
  esac
  mkdir -p "$work/image" "$(dirname "$tar")"
  tar --create --file "$work/image/layer.tar" --directory "$root" --sort=name --numeric-owner --owner=0 --group=0 --mtime="@$epoch" --format=gnu .
  diff=$(sha256sum "$work/image/layer.tar" | cut -d' ' -f1)
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:01Z","config":{"User":"10001:10001","Env":["PATH=%s/bin:/usr/bin","JAVA_HOME=%s","LANG=C.UTF-8"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"1970-01-01T00:00:01Z","created_by":"make base-image"}]}' \
    "$arch" "$java_home" "$java_home" "$diff" >"$work/image/config.json"
  printf '[{"Config":"config.json","RepoTags":["liangjiang/base:25"],"Layers":["layer.tar"]}]' >"$work/image/manifest.json"
  tar --create --file "$tar" --directory "$work/image" --numeric-owner --owner=0 --group=0 --mtime="@$epoch" --format=gnu config.json layer.tar manifest.json
}

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { echo "make base-image takes its files from Debian or Ubuntu: run it there, or give BASE= an image that you have." >&2; exit 1; }
unpack_debian
link_java
add_accounts
pack
printf '%s: %d MB\n' "$tar" "$(($(stat -c %s "$tar") / 1048576))"

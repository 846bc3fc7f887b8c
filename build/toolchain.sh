# Sourced by the Makefile and .ci/run: chooses the JDK and says what is missing. Sets and exports JAVA_HOME and PATH.
readonly WANTED_JDK=25

# Prints the feature version of the JDK in $1, or nothing where there is none. A JRE without a compiler is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  "$1/bin/javac" -version 2>/dev/null | sed -nE 's/^javac ([0-9]+).*/\1/p'
}

# Prints the first home that holds the wanted JDK: JAVA_HOME, then /usr/lib/jvm in name order.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && [ "$(jdk_version "$home")" = "$WANTED_JDK" ]; then
      printf '%s\n' "$home"
      return
    fi
  done
}

choose_jdk() {
  local home
  home=$(find_jdk)
  if [ -z "$home" ]; then
    cat >&2 <<EOF
Liangjiang needs a JDK $WANTED_JDK, and there is none in JAVA_HOME (${JAVA_HOME:-not set}) or under /usr/lib/jvm.
Install one, for example Eclipse Temurin $WANTED_JDK (Debian: package temurin-$WANTED_JDK-jdk of the Adoptium repository,
https://adoptium.net/installation/linux), or set JAVA_HOME to the one you have.
EOF
    return 1
  fi
  export JAVA_HOME=$home PATH=$home/bin:$PATH
}

need_maven() {
  if ! command -v "${MVN:-mvn}" >/dev/null; then
    echo "Liangjiang needs Maven 3.8 or newer, and '${MVN:-mvn}' is not on the path. Debian: apt-get install maven" >&2
    return 1
  fi
}

choose_jdk
need_maven

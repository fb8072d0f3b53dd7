# Finds the JDK for mvnw and rewire; sourced, POSIX sh.
#
#   rewire_use_jdk    sets and exports JAVA_HOME, or explains what to install and fails
#
# Accepts 25.0.3 up to, but not including, 26: the range that the build's toolchain accepts.
# Reads the "release" file of each candidate, because starting java would cost more than the search.

# Succeeds when version $1 ("25.0.3", "25.0.3.1", "25.1", "25-ea") is in the range.
rewire_jdk_version_ok() {
  case $1 in
    25.0.[0-2] | 25.0.[0-2].* | 25.0.[0-2]-* | 25.0.[0-2]+*) return 1 ;;
    25.0.[0-9]* | 25.[1-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Succeeds when folder $1 is a JDK, not only a runtime, of the right version.
rewire_jdk_ok() {
  if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then
    return 1
  fi
  while IFS= read -r rewire_line || [ -n "$rewire_line" ]; do
    case $rewire_line in
      JAVA_VERSION=*)
        rewire_line=${rewire_line#JAVA_VERSION=}
        rewire_line=${rewire_line#\"}
        rewire_jdk_version_ok "${rewire_line%%\"*}"
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

# Prints the home of the java on PATH: behind symbolic links, or, for a wrapper script, as it says.
rewire_jdk_on_path() {
  rewire_java=$(command -v java) || return 0
  rewire_real=$(readlink -f "$rewire_java" 2>/dev/null) || rewire_real=$rewire_java
  rewire_real=${rewire_real%/bin/java}
  if [ -r "$rewire_real/release" ]; then
    printf '%s\n' "$rewire_real"
  else
    "$rewire_java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# Prints the first JDK that fits.
rewire_find_jdk() (
  set +fu
  unset CDPATH
  if rewire_jdk_ok "${JAVA_HOME:-}"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  rewire_home=$(rewire_jdk_on_path)
  if rewire_jdk_ok "$rewire_home"; then
    printf '%s\n' "$rewire_home"
    return 0
  fi
  for rewire_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* \
    "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if rewire_jdk_ok "$rewire_home"; then
      printf '%s\n' "$rewire_home"
      return 0
    fi
  done
  if [ -x /usr/libexec/java_home ]; then
    rewire_home=$(/usr/libexec/java_home -v 25 2>/dev/null) || return 1
    if rewire_jdk_ok "$rewire_home"; then
      printf '%s\n' "$rewire_home"
      return 0
    fi
  fi
  return 1
)

rewire_use_jdk() {
  if JAVA_HOME=$(rewire_find_jdk); then
    export JAVA_HOME
  else
    echo "Rewire needs a JDK 25 (25.0.3 or newer); install one, for example Temurin 25 from" \
      "https://adoptium.net or with 'sdk install java 25.0.3-tem', or set JAVA_HOME to it." >&2
    return 1
  fi
}

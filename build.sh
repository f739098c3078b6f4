#!/usr/bin/env bash
# Builds, tests, packs and shows Terway for .NET. Run without arguments for the list of commands.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

readonly CONFIGURATION=Release
readonly ARTIFACTS=$PWD/artifacts
readonly LOGS=$ARTIFACTS/log
readonly NATIVE_FRAMEWORK=$(sed -n 's:.*<NativeTargetFramework>\(.*\)</NativeTargetFramework>.*:\1:p' Directory.Build.props)
readonly HOST_FRAMEWORK=$(sed -n 's:.*<HostTargetFramework>\(.*\)</HostTargetFramework>.*:\1:p' Directory.Build.props)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8
# An SDK that was unpacked, not installed, has no ICU beside it on a fresh machine; nothing here needs it.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# Debian packages by what needs them.
readonly NATIVE_PACKAGES="gcc libc6-dev zlib1g-dev"
readonly SANDBOX_PACKAGES="iproute2 nftables util-linux mount procps iputils-ping"
readonly TEST_PACKAGES="curl containerd runc podman containernetworking-plugins busybox-static iptables ipset conntrack tcpdump"
readonly BENCH_PACKAGES="containernetworking-plugins golang-go golang-github-vishvananda-netlink-dev golang-github-vishvananda-netns-dev"

usage() {
  cat <<'EOF'
usage: ./build.sh COMMAND

  demo               the main job on a simulated VPC: two nodes, pods, probes, clean-up
  test [PROJECT...]  every test, or those of the named projects; ends with "N passed, N failed"
  native             the two native programs: artifacts/bin/terway-cni, artifacts/bin/terwayd
  pack               a package and a symbol package per library: artifacts/packages/
  bench [NAME]       benchmarks (cloudcalls, cni, datapath, ipam, netlink, policy): a table, and artifacts/bench/NAME.json
  sandbox ...        a VPC on this machine: run, up, probe, exec, down (see docs/sandbox.md)
  emulator ...       the cloud emulator as an HTTP server, with faults on demand (see docs/emulator.md)
  sim ...            the whole node in virtual time under faults, by the million: [--lifecycles N] [--seed S] [--seeds N] [--faults PROFILE]
  soak [--minutes N] a node with native programs under fire: kills, a failing cloud, a full disk; then nothing may be lost or left
  mutants [NAME...]  mutations of the product that the simulation must catch
  api                accept the present public API as the baseline of each library
  format             put the source into the project's format
  clean              remove what was built

demo, test, bench and sandbox need root: they make network namespaces. Missing Debian packages are installed.
EOF
}

say() { printf '%s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# Runs a command with its output in a log file; shows one line while it runs, and the end of the log when it fails.
step() {
  local title=$1 log=$LOGS/$2.log start=$SECONDS pid
  shift 2
  mkdir -p "$LOGS"
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  # A background job of a script does not hear Ctrl-C, and what a function of ours started is its child.
  trap 'pkill -P "$pid" 2>/dev/null || true; kill "$pid" 2>/dev/null || true; exit 130' INT TERM
  if [ -t 1 ]; then
    while kill -0 "$pid" 2>/dev/null; do
      printf '\r  %s ... %ss ' "$title" $((SECONDS - start))
      sleep 1
    done
    printf '\r'
  fi
  if wait "$pid"; then
    trap - INT TERM
    say "  $title: done in $((SECONDS - start))s"
  else
    trap - INT TERM
    say "  $title: FAILED; the end of artifacts/log/$(basename "$log"):"
    tail -n 40 "$log"
    return 1
  fi
}

need_root() { [ "$(id -u)" = 0 ] || fail "'$1' makes network namespaces and needs root"; }

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is not on PATH"
  local said
  said=$(dotnet --version 2>&1) || fail "'dotnet --version' fails here, so there is no SDK that global.json accepts; it says:
$said"
}

need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  [ "$(id -u)" = 0 ] || fail "these Debian packages are missing and installing them needs root: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  step "refreshing the package list" apt-update apt-get -q update
  step "installing ${missing[*]}" apt-install apt-get -q install -y --no-install-recommends "${missing[@]}"
}

build_all() { step "building the solution" build dotnet build Terway.sln -c "$CONFIGURATION" -v minimal; }

publish() {
  dotnet publish "apps/$1/$1.csproj" -c "$CONFIGURATION" -f "$NATIVE_FRAMEWORK" --use-current-runtime -o "$ARTIFACTS/publish/$1" -v minimal
}

native() {
  local program library
  need_packages $NATIVE_PACKAGES
  mkdir -p "$ARTIFACTS/bin"
  for program in terway-cni terwayd; do
    step "compiling $program to native code" "native-$program" publish "$program"
    # Replaced by rename, so that a running program keeps its file.
    install -m 0755 "$ARTIFACTS/publish/$program/$program" "$ARTIFACTS/bin/$program.new"
    mv -f "$ARTIFACTS/bin/$program.new" "$ARTIFACTS/bin/$program"
    for library in "$ARTIFACTS/publish/$program"/*.so; do
      [ -e "$library" ] && install -m 0644 "$library" "$ARTIFACTS/bin/"
    done
  done
  return 0
}

sandbox() { dotnet "sandbox/Terway.Sandbox/bin/$CONFIGURATION/$HOST_FRAMEWORK/Terway.Sandbox.dll" "$@"; }

build_sandbox() { step "building the sandbox" build-sandbox dotnet build sandbox/Terway.Sandbox -c "$CONFIGURATION" -v minimal; }

# What stands already is only asked or taken down: that needs no build, and works when the source does not compile.
prepare_sandbox() {
  case $1 in
    run | up) need_packages $SANDBOX_PACKAGES $NATIVE_PACKAGES; native; build_sandbox ;;
    *) [ -e "sandbox/Terway.Sandbox/bin/$CONFIGURATION/$HOST_FRAMEWORK/Terway.Sandbox.dll" ] || build_sandbox ;;
  esac
}

demo() {
  need_root demo
  need_packages $SANDBOX_PACKAGES $NATIVE_PACKAGES
  say "Building"
  native
  build_sandbox
  sandbox demo "$@"
}

# Reads an attribute of the first <assembly> element of an xunit result file.
result_of() { sed -n "s/.*<assembly [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1" | head -n 1; }

run_tests() {
  local passed=0 failed=0 skipped=0 project name result broken=0
  mkdir -p "$ARTIFACTS/test"
  for project in "$@"; do
    name=$(basename "$project")
    result=$ARTIFACTS/test/$name.xml
    rm -f "$result"
    say "== $name"
    timeout --kill-after=30 900 dotnet "$project/bin/$CONFIGURATION/$HOST_FRAMEWORK/$name.dll" -xml "$result" -noLogo -noColor </dev/null \
      >"$LOGS/test-$name.log" 2>&1 || true
    if [ -s "$result" ] && [ -n "$(result_of "$result" total)" ]; then
      passed=$((passed + $(result_of "$result" passed)))
      failed=$((failed + $(result_of "$result" failed) + $(result_of "$result" errors)))
      skipped=$((skipped + $(result_of "$result" skipped)))
      broken=$(($(result_of "$result" failed) + $(result_of "$result" errors)))
    else
      say "   ended without a result"
      failed=$((failed + 1))
      broken=1
    fi
    [ "$broken" = 0 ] || grep -v '^ *at ' "$LOGS/test-$name.log" | tail -n 120
    grep -o 'Total: .*' "$LOGS/test-$name.log" | tail -n 1 || true
  done
  say ""
  secrets_in_output || failed=$((failed + 1))
  if [ "$skipped" -gt 0 ]; then say "$passed passed, $failed failed, $skipped skipped"; else say "$passed passed, $failed failed"; fi
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# Every secret of a test carries this mark, also those that the emulator gives to real daemons: none may be in any output.
secrets_in_output() {
  local found
  found=$(grep -rlI 'do-not-log' "$LOGS" "$ARTIFACTS/test" 2>/dev/null || true)
  [ -z "$found" ] && return
  say "a secret is in the output of a suite:" $found
  return 1
}

tests() {
  need_root test
  need_packages $SANDBOX_PACKAGES $NATIVE_PACKAGES $TEST_PACKAGES
  local projects=() name
  if [ $# = 0 ]; then projects=(tests/*.Tests tests/*.KernelTests); else for name in "$@"; do projects+=("tests/$name"); done; fi
  build_all
  native
  pack
  run_tests "${projects[@]}"
}

pack() {
  rm -rf "$ARTIFACTS/packages"
  step "packing" pack pack_all
}

pack_all() {
  local library
  for library in libs/*/*.csproj; do
    dotnet pack "$library" -c "$CONFIGURATION" -v minimal || return 1
  done
}

bench() {
  need_root bench
  need_packages $SANDBOX_PACKAGES $NATIVE_PACKAGES $BENCH_PACKAGES
  native
  step "building the benchmarks" build-bench dotnet build bench/Terway.Benchmarks -c "$CONFIGURATION" -v minimal
  mkdir -p "$ARTIFACTS/bench"
  dotnet "bench/Terway.Benchmarks/bin/$CONFIGURATION/$HOST_FRAMEWORK/Terway.Benchmarks.dll" "$@"
}

sim() {
  step "building the simulation" build-sim dotnet build sim/Terway.Simulation -c "$CONFIGURATION" -v minimal >&2
  dotnet "sim/Terway.Simulation/bin/$CONFIGURATION/$HOST_FRAMEWORK/Terway.Simulation.dll" "$@"
}

soak() {
  need_root soak
  need_packages $SANDBOX_PACKAGES $NATIVE_PACKAGES
  native
  build_sandbox
  sandbox soak "$@"
}

clean() {
  rm -rf artifacts
  find libs apps sandbox sim tests bench samples -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
}

command=${1:-}
[ $# -gt 0 ] && shift
case $command in
  demo) need_dotnet; demo "$@" ;;
  test) need_dotnet; tests "$@" ;;
  native) need_dotnet; native ;;
  pack) need_dotnet; pack ;;
  bench) need_dotnet; bench "$@" ;;
  sandbox) need_dotnet; need_root sandbox; prepare_sandbox "${1:-}" >&2; sandbox "$@" ;;
  emulator) need_dotnet; build_sandbox >&2; sandbox emulator "$@" ;;
  sim) need_dotnet; sim "$@" ;;
  soak) need_dotnet; soak "$@" ;;
  mutants) need_dotnet; sim/mutants.sh "$@" ;;
  api) need_dotnet; build_all; TERWAY_ACCEPT_API=1 dotnet "tests/Terway.Architecture.Tests/bin/$CONFIGURATION/$HOST_FRAMEWORK/Terway.Architecture.Tests.dll" -class Terway.Architecture.PublicApiTests ;;
  format) need_dotnet; dotnet format Terway.sln ;;
  clean) clean ;;
  '' | help | -h | --help) usage ;;
  *) usage >&2; fail "there is no command '$command'" ;;
esac

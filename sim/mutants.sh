#!/usr/bin/env bash
# Shows that the simulation finds bugs: applies each patch of sim/mutants to a copy of the sources, builds what it changes, and runs the
# simulation, which must find a violation within the patch's number of lifecycles. A patch that no longer applies or builds fails.
# Without names: all patches. Called by build.sh.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
readonly ROOT=$PWD FIRST_SEED=1 SOUND_LIFECYCLES=5000 PATIENCE=600
readonly FRAMEWORK=$(sed -n 's:.*<HostTargetFramework>\(.*\)</HostTargetFramework>.*:\1:p' Directory.Build.props)
# Mutants are built for one run: no analysis, no documentation.
readonly FLAGS="-c Release -v quiet -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false"

work=$(mktemp -d --tmpdir terway-mutants-XXXXXX)
trap 'rm -rf "$work"' EXIT
readonly SOURCES=$work/sources PRISTINE=$work/pristine
readonly BIN=$SOURCES/sim/Terway.Simulation/bin/Release/$FRAMEWORK

fail() { printf '%s\n' "$*" >&2; exit 1; }
head_of() { sed -n "s/^$2: //p;/^---/q" "$1"; }
simulate() { timeout --kill-after=10 "$PATIENCE" dotnet "$BIN/Terway.Simulation.dll" --seed "$FIRST_SEED" --lifecycles "$1" --faults "$2" --brief; }

copy_sources() {
  mkdir "$SOURCES"
  tar --create --exclude=bin --exclude=obj --exclude=mutants global.json nuget.config Directory.*.props .editorconfig eng libs apps sim | tar --extract --directory "$SOURCES"
}

# Applies one patch to the copy and builds the project that it changes.
build_mutant() {
  local patch=$1 project
  project=$(sed -n 's:^+++ b/\(\(libs\|apps\)/[^/]*\)/.*:\1:p' "$patch" | head -n 1)
  git -C "$SOURCES" apply -p1 --whitespace=nowarn "$patch" || { printf 'the patch no longer applies'; return 1; }
  cp "$PRISTINE"/*.dll "$BIN/"
  # shellcheck disable=SC2086
  dotnet build "$SOURCES/$project" $FLAGS -f "$FRAMEWORK" --no-restore --no-dependencies >"$work/build.log" 2>&1 \
    || { printf 'the mutant does not build: %s' "$(grep -m 1 'error' "$work/build.log")"; return 1; }
  cp "$SOURCES/$project/bin/Release/$FRAMEWORK/$(basename "$project").dll" "$BIN/"
}

# Prints what became of a mutant; fails unless it was caught.
judge() {
  local patch=$1 lifecycles faults status=0
  lifecycles=$(head_of "$patch" Lifecycles)
  faults=$(head_of "$patch" Faults)
  build_mutant "$patch" || return 1
  simulate "$lifecycles" "$faults" >"$work/run.log" 2>&1 || status=$?
  if [ "$status" = 1 ] && grep -q '^VIOLATION' "$work/run.log"; then
    printf 'caught after %s lifecycles of %s: %s' "$(sed -n 's/^\([0-9,]*\) pod lifecycles.*/\1/p' "$work/run.log")" "$lifecycles" "$(sed -n 's/^VIOLATION (\([^)]*\)).*/\1/p;' "$work/run.log" | head -n 1)"
  elif [ "$status" = 0 ]; then
    printf 'SURVIVED %s lifecycles' "$lifecycles"
    return 1
  else
    printf 'the simulation ended with %s: %s' "$status" "$(tail -n 1 "$work/run.log")"
    return 1
  fi
}

patches=()
for name in "$@"; do
  [ -e "sim/mutants/$name.patch" ] || fail "there is no mutant '$name'"
  patches+=("$ROOT/sim/mutants/$name.patch")
done
[ ${#patches[@]} -gt 0 ] || patches=("$ROOT"/sim/mutants/*.patch)

copy_sources
# shellcheck disable=SC2086
dotnet build "$SOURCES/sim/Terway.Simulation" $FLAGS >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log"; fail "the copy of the sources does not build"; }
mkdir "$PRISTINE"
cp "$BIN"/*.dll "$PRISTINE/"
simulate "$SOUND_LIFECYCLES" all >"$work/run.log" 2>&1 || { cat "$work/run.log"; fail "the sources violate something without any mutation"; }

failed=0
for patch in "${patches[@]}"; do
  verdict=$(judge "$patch") || failed=$((failed + 1))
  printf '%-28s %s\n' "$(basename "$patch" .patch)" "$verdict"
  git -C "$SOURCES" apply -R -p1 --whitespace=nowarn "$patch" 2>/dev/null || true
done
printf '\n%s mutants, %s not caught\n' "${#patches[@]}" "$failed"
[ "$failed" = 0 ]

# shellcheck shell=bash
# binfmt_misc is the kernel's table of "programs of this kind are run by that program". ForeignArch's tests
# add the QEMU emulators to it. Here: make the table visible, and put it back as it was.

readonly BINFMT=/proc/sys/fs/binfmt_misc
readonly BINFMT_BEFORE=$RUNTIME/binfmt.before
readonly BINFMT_MOUNTED=$RUNTIME/binfmt.mounted
readonly BINFMT_SWITCHED_ON=$RUNTIME/binfmt.switched-on

binfmt_mounted() { [[ -e $BINFMT/register ]]; }

# Every systemd machine has it mounted. Without a mount, Linux 6.7 and later forget the table's entries as
# soon as the container that added them ends.
binfmt_up() {
  if ! binfmt_mounted; then
    : >"$BINFMT_MOUNTED"
    mount -t binfmt_misc binfmt_misc "$BINFMT" || die "The kernel's table of foreign programs (binfmt_misc) can't be mounted." \
      "Load the kernel module (modprobe binfmt_misc) or use a kernel that has it."
    say "The kernel's table of foreign programs (binfmt_misc) is now mounted on $BINFMT"
  fi
  [[ -e $BINFMT_BEFORE ]] || binfmt_handlers >"$BINFMT_BEFORE"
  binfmt_switch_on
}

binfmt_handlers() {
  binfmt_mounted || return 0
  find "$BINFMT" -mindepth 1 ! -name register ! -name status -printf '%f\n' | sort
}

# binfmt_remove_all_but BEFORE: the QEMU handlers that are not in that list.
binfmt_remove_all_but() {
  local handler
  while read -r handler; do
    echo -1 >"$BINFMT/$handler"
    say "$handler: taken out of the kernel's table"
  done < <(binfmt_handlers | grep '^qemu-' | comm -23 - "$1")
}

# An emulator's package may register it when it is installed. That is for the tests to do.
binfmt_unchanged_by() {
  binfmt_handlers >"$RUNTIME/binfmt.kept"
  "$@"
  binfmt_remove_all_but "$RUNTIME/binfmt.kept"
}

# Emulators that are registered and switched off are in the tests' way: ForeignArch leaves such alone unless it is told.
binfmt_switch_on() {
  local file
  while read -r file; do
    if [[ ! -w $BINFMT/$file ]]; then
      say "WARNING: $BINFMT/$file is switched off, so tests will fail. Switch it on: echo 1 | sudo tee $BINFMT/$file"
      continue
    fi
    # Else 'down' would take the note for one of an earlier boot.
    prepare_directories
    printf '%s\n' "$file" >>"$BINFMT_SWITCHED_ON"
    echo 1 >"$BINFMT/$file"
    say "$file: switched on in the kernel's table of foreign programs, until './run host down'"
  done < <(binfmt_switched_off)
}

binfmt_switched_off() {
  binfmt_mounted || return 0
  (cd "$BINFMT" && grep -lx disabled -- status qemu-* 2>/dev/null) || true
}

binfmt_switch_back() {
  local file
  [[ -e $BINFMT_SWITCHED_ON ]] || return 0
  while read -r file; do
    [[ ! -e $BINFMT/$file ]] || echo 0 >"$BINFMT/$file"
    say "$file: switched off again"
  done <"$BINFMT_SWITCHED_ON"
  rm -f "$BINFMT_SWITCHED_ON"
}

binfmt_down() {
  binfmt_switch_back
  [[ ! -e $BINFMT_BEFORE ]] || binfmt_remove_all_but "$BINFMT_BEFORE"
  if [[ -e $BINFMT_MOUNTED ]] && binfmt_mounted; then
    umount "$BINFMT"
    say "$BINFMT: unmounted"
  fi
  rm -f "$BINFMT_BEFORE" "$BINFMT_MOUNTED"
}

binfmt_status() {
  if binfmt_mounted; then
    say "binfmt_misc   mounted; handlers: $(binfmt_handlers | paste -sd' ')"
  else
    say "binfmt_misc   not mounted"
  fi
}

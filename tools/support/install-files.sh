# Sourced by tools that install or package digitgen, after notices.sh.
# shellcheck shell=bash

# Prints the installed files, one a line: mode, source and target below the prefix, separated by tabs.
installed_files() {
    printf '%s\t%s\t%s\n' \
        755 "$digitgen" bin/digitgen \
        644 "$root/docs/digitgen.1" share/man/man1/digitgen.1 \
        644 "$root/tools/completions/digitgen.bash" share/bash-completion/completions/digitgen \
        644 "$root/tools/completions/_digitgen" share/zsh/site-functions/_digitgen \
        644 "$root/tools/completions/digitgen.fish" share/fish/vendor_completions.d/digitgen.fish \
        644 "$root/LICENSE" share/doc/digitgen/copyright \
        644 "$notices" share/doc/digitgen/THIRD-PARTY-NOTICES
}

# Installs them below the folder $1.
install_files() {
    local mode source target
    make_notices || return 1
    while IFS=$'\t' read -r mode source target; do
        install -D -m "$mode" "$source" "$1/$target" || return 1
    done < <(installed_files)
}

# Removes them below the folder $1, with the folders that become empty.
uninstall_files() {
    local mode source target
    while IFS=$'\t' read -r mode source target; do
        [ -e "$1/$target" ] || [ -L "$1/$target" ] || continue
        rm -f "$1/$target" && (cd "$1" && rmdir -p --ignore-fail-on-non-empty "$(dirname "$target")") || return 1
    done < <(installed_files)
}

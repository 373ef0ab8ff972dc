# Sourced by tools that install or pack digitgen, after build-digitgen.sh.
# shellcheck shell=bash

# Puts the program, its manual page, its completions and its licence below the folder $1.
install_files() {
    local prefix=$1
    install -D -m 755 "$digitgen" "$prefix/bin/digitgen" &&
        install -D -m 644 "$root/docs/digitgen.1" "$prefix/share/man/man1/digitgen.1" &&
        install -D -m 644 "$root/tools/completions/digitgen.bash" \
            "$prefix/share/bash-completion/completions/digitgen" &&
        install -D -m 644 "$root/tools/completions/_digitgen" "$prefix/share/zsh/site-functions/_digitgen" &&
        install -D -m 644 "$root/tools/completions/digitgen.fish" \
            "$prefix/share/fish/vendor_completions.d/digitgen.fish" &&
        install -D -m 644 "$root/LICENSE" "$prefix/share/doc/digitgen/copyright"
}

# Sourced by tools that install or package digitgen, after build-digitgen.sh: the components linked into the program and
# their licences, taken from the linker's map, the system's packages and the toolchain.
# shellcheck shell=bash

notices=$build/THIRD-PARTY-NOTICES

# Prints the archives and start files that were linked from outside the build, one a line.
linked_files() {
    [ -e "$link_map" ] || return 0
    { grep -oE '/[^ ()]+\.a\(' "$link_map" | tr -d '('; grep -oE '/[^ ()]*/crt[^ ()/:]*\.o' "$link_map"; } |
        sort -u | grep -vF "$build/" | while read -r file; do realpath "$file"; done | sort -u
}

# Prints the name of the Debian package that the file $1 is from, and its licence file, separated by a tab. Either may
# be empty.
package_and_licence() {
    local package documents=/usr/share/doc licence
    if is_cross_build; then
        documents=$(realpath "$arm64_sysroot")$documents
        package=$(awk -F '\t' -v file="$(realpath "$arm64_sysroot")" -v name="$1" '
            file $2 == name { print $1; exit }' "$arm64_sysroot/packages")
    else
        package=$(dpkg-query -S "$1" 2>/dev/null | head -n 1 | cut -d : -f 1) || package=
    fi
    licence=$(realpath -q "$documents/$package/copyright") || licence=
    printf '%s\t%s\n' "$package" "$licence"
}

# Prints the linked components, one a line: name, licence file and linked files, separated by tabs.
linked_components() {
    local toolchain runtime checkout file package licence
    toolchain=$(dirname "$(dirname "$(realpath "$(command -v swiftc)")")")
    runtime=$toolchain/
    ! is_cross_build || runtime=$(realpath "$arm64_sysroot/usr/lib/swift_static")/
    for checkout in "$build"/checkouts/*/; do
        for licence in "$checkout"LICENSE*; do
            [ ! -e "$licence" ] || printf '%s\t%s\tits Swift modules\n' "$(basename "$checkout")" "$licence"
        done
    done
    # Every build links the standard library.
    printf 'Swift\t%s\t%s\n' "$toolchain/share/swift/LICENSE.txt" \
        "$(linked_files | grep -F "$runtime" | xargs -r -n 1 basename | paste -sd ' ')"
    linked_files | grep -vF "$runtime" | while read -r file; do
        IFS=$'\t' read -r package licence < <(package_and_licence "$file")
        printf '%s\t%s\t%s\n' "${package:-$file}" "$licence" "$(basename "$file")"
    done | awk -F '\t' '
        # Packages from one source package share a licence file: list them as one component.
        { key = $2 == "" ? $1 : $2 }
        !(key in names) { order[++count] = key; names[key] = $1; licences[key] = $2 }
        key in names && index(" " names[key] " ", " " $1 " ") == 0 { names[key] = names[key] " " $1 }
        { files[key] = files[key] (files[key] == "" ? "" : " ") $3 }
        END { for (i = 1; i <= count; i++) print names[order[i]] "\t" licences[order[i]] "\t" files[order[i]] }'
}

# Writes $notices: the linked components, their licences, and the texts that those refer to.
make_notices() {
    local name licence files licences=() rule
    rule=$(printf '=%.0s' {1..78})
    {
        printf '%s\n' "Third-party notices for digitgen" "" \
            "$(basename "$digitgen") is under the Apache License 2.0. It is statically linked with parts of the components" \
            "below. Each notice is reproduced as its component ships it; some also cover files that are not linked." \
            "To link another version of a component, build digitgen from source with tools/digitgen." ""
        while IFS=$'\t' read -r name licence files; do
            printf '%s\n    linked: %s\n' "$name" "$files"
        done < <(linked_components) | fold -s -w 110 | sed 's/ *$//; s/^\([^ ]*\.[ao]\)/            \1/'
        while IFS=$'\t' read -r name licence files; do
            printf '\n%s\n%s\n%s\n\n' "$rule" "$name" "$rule"
            if [ -r "$licence" ]; then
                cat "$licence"
                licences+=("$licence")
            else
                echo "The build system had no licence file for this component."
                echo "$program: no licence file for $name" >&2
            fi
        done < <(linked_components)
        # The GFDL covers manuals, which are not linked.
        while read -r licence; do
            printf '\n%s\n%s\n%s\n\n' "$rule" "$licence" "$rule"
            cat "$licence"
        done < <(grep -ohE '/usr/share/common-licenses/[A-Za-z]+(-[0-9.]*[0-9])?' "${licences[@]}" | sort -u |
            grep -v GFDL | while read -r licence; do [ ! -e "$licence" ] || realpath "$licence"; done | sort -u)
    } >"$notices.new"
    mv "$notices.new" "$notices"
}

# Prints the field $2 of the "Files: *" paragraph of the machine-readable copyright file (DEP-5) $1.
copyright_field() {
    awk -v RS= -v field="$2" '
        $0 ~ "(^|\n)Files: \\*(\n|$)" {
            count = split($0, lines, "\n")
            for (i = 1; i <= count; i++) {
                if (lines[i] ~ /^[^ \t]/) inside = index(lines[i], field ":") == 1
                if (inside) { sub("^" field ": *", "", lines[i]); sub(/^[ \t]+/, "", lines[i]); print lines[i] }
            }
            exit
        }' "$1"
}

# Prints the paragraph of the licence $2 of such a file $1.
licence_paragraph() {
    awk -v RS= -v name="$2" 'index($0, "License: " name "\n") == 1 { print; exit }' "$1"
}

# Prints the copyright file of the Debian package (DEP-5), for the commit $1.
debian_copyright() {
    local name licence files short holders=() shorts=() paragraphs=
    while IFS=$'\t' read -r name licence files; do
        short=
        if [ -r "$licence" ] && grep -q '^Format: .*copyright-format' "$licence"; then
            # Of alternative licences, use the first.
            short=$(copyright_field "$licence" License | head -n 1 | sed 's/ [oO][rR] .*//')
            mapfile -t -O "${#holders[@]}" holders < <(copyright_field "$licence" Copyright | sed "s/\$/ ($name)/")
            paragraphs+=$'\n'$(licence_paragraph "$licence" "$short")$'\n'
        fi
        if [ -z "$short" ]; then
            case $name in
            Swift | swift-*)
                short="Apache-2.0-with-Swift-exception"
                holders+=("Apple Inc. and the Swift project authors ($name)")
                ;;
            libc6-dev*)
                short="LGPL-2.1+"
                holders+=("Free Software Foundation, Inc. and others ($name)")
                ;;
            libgcc* | libstdc++*)
                short="GPL-3+-with-GCC-exception"
                holders+=("Free Software Foundation, Inc. ($name)")
                ;;
            *)
                short="other-${name%% *}"
                holders+=("its authors ($name)")
                paragraphs+=$'\n'"License: $short"$'\n'" See /usr/share/doc/digitgen/THIRD-PARTY-NOTICES.gz."$'\n'
                ;;
            esac
        fi
        shorts+=("$short")
    done < <(linked_components)
    cat <<EOF
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: digitgen
Source: packed from the program's own repository by tools/package${1:+, at commit $1}
Comment: The program is linked statically. THIRD-PARTY-NOTICES.gz in this folder
 lists the libraries in it, with their licences in full.

Files: *
Copyright: The digitgen authors
License: Apache-2.0

Files: usr/bin/digitgen
Copyright: The digitgen authors
$(printf '           %s\n' "${holders[@]}")
License: $(printf '%s\n' Apache-2.0 "${shorts[@]}" | awk '!seen[$0]++' | paste -sd '&' | sed 's/&/ and /g')

License: Apache-2.0
 On Debian systems, the text is in /usr/share/common-licenses/Apache-2.0.

License: Apache-2.0-with-Swift-exception
 The Apache License 2.0, as in /usr/share/common-licenses/Apache-2.0, and:
 .
 As an exception, if you use this Software to compile your source code and
 portions of this Software are embedded into the binary product as a result,
 you may redistribute such product without providing attribution as would
 otherwise be required by Sections 4(a), 4(b) and 4(d) of the License.

License: LGPL-2.1+
 On Debian systems, the text is in /usr/share/common-licenses/LGPL-2.1.

License: GPL-3+-with-GCC-exception
 The GNU General Public License, as in /usr/share/common-licenses/GPL-3, with
 the GCC Runtime Library Exception 3.1, which permits to convey a program that
 is combined with the runtime library under terms of one's choice.
$paragraphs
EOF
}

# Prints the newest section of CHANGELOG.md as a Debian changelog of version $1 by maintainer $2 at Unix time $3.
debian_changelog() {
    echo "digitgen ($1) unstable; urgency=medium"
    awk '/^## / { count++; if (count == 2) exit; next } count == 1' "$root/CHANGELOG.md" |
        sed -E 's/^- /\n- /' | awk -v RS= '{ gsub(/\n */, " "); print }' |
        while read -r line; do
            echo
            case $line in
            -*) fold -s -w 74 <<<"${line#- }" | sed -e 's/ *$//' -e '1s/^/  * /' -e '2,$s/^/    /' ;;
            *) echo "  [ ${line%:} ]" ;;
            esac
        done
    printf '\n -- %s  %s\n' "$2" "$(LC_ALL=C date -u -R -d "@$3")"
}

# Completions of digitgen for bash, as 'digitgen --generate-completion-script bash'
# prints them: made from the program's options.

# Offers those of the words $1 that begin with $cur.
_digitgen_words() {
    local word
    for word in $1; do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done
}

# Offers names of files (-f) or folders (-d) that begin with $cur.
_digitgen_paths() {
    local name
    while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$1" -- "$cur")
    compopt -o filenames 2>/dev/null
}

_digitgen() {
    local IFS=$' \t\n' cur=${COMP_WORDS[COMP_CWORD]} command=generate
    local commands='generate dataset again serve models inspect bench help'
    local i=1 word options valued pending= ended= used=' ' positionals=0 unused=
    COMPREPLY=()
    if ((COMP_CWORD > 1)) && [[ " $commands " == *" ${COMP_WORDS[1]} "* ]]; then
        command=${COMP_WORDS[1]} i=2
    fi
    case $command in
    generate)
        options='-n --count --seed --first --style --like --vary --diverse --slant --thickness --width --morph --sheet --pattern --length --from --height --across --margin --spacing --slope --touch --wander --ink --paper --boxes --model --weights -o --output --format --columns --scale --size --finish --filter --padding --invert --background --preview --version -h --help'
        valued='-n --count --seed --first --style --like --vary --slant --thickness --width --morph --pattern --length --from --height --across --margin --spacing --slope --touch --wander --ink --paper --model --weights -o --output --format --columns --scale --size --finish --filter --padding --background --preview'
        ;;
    dataset)
        options='-n --count --digits --style --like --vary --diverse --slant --thickness --width --pattern --length --from --height --across --margin --spacing --slope --touch --wander --ink --paper --boxes --labels --split --page --invert --seed --model --weights --size --finish --format --balanced --gz --shards --shard -o --output --version -h --help'
        valued='-n --count --digits --style --like --vary --slant --thickness --width --pattern --length --from --height --across --margin --spacing --slope --touch --wander --ink --paper --labels --split --page --seed --model --weights --size --finish --format --shards --shard -o --output'
        ;;
    again)
        options='--weights -o --output --version -h --help'
        valued='--weights -o --output'
        ;;
    serve)
        options='--framing --model --weights --version -h --help'
        valued='--framing --model --weights'
        ;;
    models)
        options='--json --version -h --help'
        valued=''
        ;;
    inspect)
        options='--json --version -h --help'
        valued=''
        ;;
    bench)
        options='--model --weights --batch --threads --seconds --json --version -h --help'
        valued='--model --weights --batch --threads --seconds'
        ;;
    help)
        options='--version'
        valued=''
        ;;
    esac

    # What stands in front of the cursor. Bash makes a word of the = in --option=value.
    for ((; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $pending ]]; then
            [[ $word == = && ${COMP_WORDS[i - 1]} == "$pending" ]] || pending=
        elif [[ ! $ended && $word == -- ]]; then
            ended=1
        elif [[ ! $ended && $word == -?* ]]; then
            used+="$word "
            [[ " $valued " == *" $word "* ]] && pending=$word
            case $word in
            -n | --count) used+='-n --count ' ;;
            -o | --output) used+='-o --output ' ;;
            -h | --help) used+='-h --help ' ;;
            esac
        else
            ((++positionals))
        fi
    done

    if [[ $pending ]]; then
        [[ $cur == = ]] && cur=
        case "$command $pending" in
        'generate --like') _digitgen_paths -f ;;
        'generate --from') _digitgen_paths -f ;;
        'generate --model') _digitgen_words 'ink cdcgan cgan dcgan gan' ;;
        'generate --weights') _digitgen_paths -f ;;
        'generate -o' | 'generate --output') _digitgen_paths -f ;;
        'generate --format') _digitgen_words 'png svg idx npy pgm raw' ;;
        'generate --finish') _digitgen_words 'mnist ink' ;;
        'generate --filter') _digitgen_words 'smooth pixels' ;;
        'generate --background') _digitgen_words 'solid transparent' ;;
        'generate --preview') _digitgen_words 'blocks sixel kitty' ;;
        'dataset --like') _digitgen_paths -f ;;
        'dataset --from') _digitgen_paths -f ;;
        'dataset --labels') _digitgen_words 'jsonl txt csv easyocr paddle doctr coco yolo tesseract' ;;
        'dataset --model') _digitgen_words 'ink cdcgan cgan dcgan gan' ;;
        'dataset --weights') _digitgen_paths -f ;;
        'dataset --finish') _digitgen_words 'mnist ink' ;;
        'dataset --format') _digitgen_words 'idx mnist npz png npy tar' ;;
        'dataset -o' | 'dataset --output') _digitgen_paths -d ;;
        'again --weights') _digitgen_paths -f ;;
        'again -o' | 'again --output') _digitgen_paths -f ;;
        'serve --framing') _digitgen_words 'json binary' ;;
        'serve --model') _digitgen_words 'ink cdcgan cgan dcgan gan' ;;
        'serve --weights') _digitgen_paths -f ;;
        'bench --model') _digitgen_words 'ink cdcgan cgan dcgan gan' ;;
        'bench --weights') _digitgen_paths -f ;;
        esac
        return
    fi
    if [[ $ended || $cur != -* ]]; then
        ((COMP_CWORD == 1)) && _digitgen_words "$commands"
        case "$command $positionals" in
        'again 0') _digitgen_paths -f ;;
        'inspect 0') _digitgen_words 'ink cdcgan cgan dcgan gan'; _digitgen_paths -f ;;
        'help 0') _digitgen_words 'generate dataset again serve models inspect bench' ;;
        esac
    fi
    if [[ ! $ended ]] && [[ $cur == -* || ! $cur && ${#COMPREPLY[@]} -eq 0 ]]; then
        for word in $options; do
            [[ $used == *" $word "* ]] || unused+="$word "
        done
        _digitgen_words "$unused"
    fi
}

complete -F _digitgen digitgen

function __digitgen_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __digitgen_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __digitgen_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __digitgen_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __digitgen_parse_tokens -S
    set -l unparsed_tokens (__digitgen_tokens -pc)
    switch $unparsed_tokens[1]
    case 'digitgen'
        __digitgen_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'generate'
            __digitgen_parse_subcommand 1 'count=' 'seed=' 'style=' 'vary=' 'morph=' 'sheet' 'model=' 'weights=' 'o/output=' 'format=' 'columns=' 'scale=' 'filter=' 'padding=' 'invert' 'background=' 'preview=' 'version' 'h/help'
        case 'dataset'
            __digitgen_parse_subcommand 0 'count=' 'digits=' 'seed=' 'model=' 'weights=' 'format=' 'shard=' 'o/output=' 'version' 'h/help'
        case 'serve'
            __digitgen_parse_subcommand 0 'framing=' 'model=' 'weights=' 'version' 'h/help'
        case 'models'
            __digitgen_parse_subcommand 0 'json' 'version' 'h/help'
        case 'inspect'
            __digitgen_parse_subcommand 1 'json' 'version' 'h/help'
        case 'bench'
            __digitgen_parse_subcommand 0 'model=' 'weights=' 'batch=' 'threads=' 'seconds=' 'json' 'version' 'h/help'
        case 'help'
            __digitgen_parse_subcommand -r 1 'version'
        end
    end
end

function __digitgen_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __digitgen_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __digitgen_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __digitgen_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__digitgen_tokens -p)
    if test -z "$(__digitgen_tokens -t)"
        set -l index (count (__digitgen_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'digitgen' -f
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'generate' -d 'Draws handwritten digits (the default command).'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'dataset' -d 'Makes a labelled data set of any size.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'serve' -d 'Answers requests, one JSON line each, over standard input and output.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'models' -d 'Lists the models.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'inspect' -d 'Tells what is in a model: layers, sizes, costs, history, metrics.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'bench' -d 'Measures how fast a model draws.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_positional "digitgen" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" count' -l 'count' -d 'How many images. (default: 1, or 10 without <digits>)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" seed' -l 'seed' -d 'Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" style' -l 'style' -d 'All in one hand: each number names another one, the same under every seed.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" vary' -l 'vary' -d 'How far each image strays from the style, from 0 to 1. (default: 0)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" morph' -l 'morph' -d 'From style a to style b in --count images; without <digits>, from digit a to digit b in one style.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" sheet' -l 'sheet' -d 'All digits of --count styles, with the styles\' numbers in the margin, from --style on.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" model' -l 'model' -d 'A model of this program; \'digitgen models\' lists them.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" weights' -l 'weights' -d 'A model\'s file (NAME.safetensors.zst) instead.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" o output' -s 'o' -l 'output' -d 'Write to a file instead of standard output.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" format' -l 'format' -d 'png and pgm are one picture; idx, npy and raw an array. (default: by the file\'s name, or png)' -rfka 'png idx npy pgm raw'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" columns' -l 'columns' -d 'Images in a row of a picture. (default: as near square as can be)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" scale' -l 'scale' -d 'Make a picture so many times larger. (default: 1)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" filter' -l 'filter' -d 'How --scale enlarges: smooth, or pixels that become squares.' -rfka 'smooth pixels'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" padding' -l 'padding' -d 'Pixels between the images of a picture and around them. (default: 0)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" invert' -l 'invert' -d 'Black on white.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" background' -l 'background' -d 'What is between the strokes; transparent in PNG alone.' -rfka 'solid transparent'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" preview' -l 'preview' -d 'Show the images on standard output, in blocks or by the terminal\'s graphics. (default: blocks on a terminal)' -rfka 'blocks sixel kitty'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen generate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" count' -l 'count' -d 'How many images in all.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" digits' -l 'digits' -d 'Which digits, each once. (default: all that the model draws)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" seed' -l 'seed' -d 'Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" model' -l 'model' -d 'A model of this program; \'digitgen models\' lists them.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" weights' -l 'weights' -d 'A model\'s file (NAME.safetensors.zst) instead.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" format' -l 'format' -d 'How to store it.' -rfka 'idx png npy tar'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" shard' -l 'shard' -d 'Make only part K of N equal ones. Needs --seed.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" o output' -s 'o' -l 'output' -d 'A new or empty folder; - writes a tar archive to standard output.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen dataset" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen serve" framing' -l 'framing' -d 'json has images as base64; binary has them after the line.' -rfka 'json binary'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen serve" model' -l 'model' -d 'A model of this program; \'digitgen models\' lists them.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen serve" weights' -l 'weights' -d 'A model\'s file (NAME.safetensors.zst) instead.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen serve" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen models" json' -l 'json' -d 'As JSON: an array of objects.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen models" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen models" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen inspect" json' -l 'json' -d 'As JSON: an object.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen inspect" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" model' -l 'model' -d 'A model of this program; \'digitgen models\' lists them.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" weights' -l 'weights' -d 'A model\'s file (NAME.safetensors.zst) instead.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" batch' -l 'batch' -d 'Images at a time. (default: some of 1 to 1024)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" threads' -l 'threads' -d 'Threads. (default: some of 1 to all processors)' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" seconds' -l 'seconds' -d 'How long to measure; with 0, everything once.' -rfka ''
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" json' -l 'json' -d 'As JSON: an object.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" version' -l 'version' -d 'Show the version.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'digitgen' -n '__digitgen_should_offer_completions_for_flags_or_options "digitgen help" version' -l 'version' -d 'Show the version.'

# Completions of digitgen for fish, as 'digitgen --generate-completion-script fish'
# prints them: made from the program's options.

# Whether the command line names the command $argv[1], or no other one where it is the default.
function __digitgen_is
    set -l words (commandline -opc)
    if contains -- "$words[2]" generate dataset serve models inspect bench help
        test "$words[2]" = "$argv[1]"
    else
        test "$argv[1]" = generate
    end
end

# Whether $argv[1] words stand behind the program's name.
function __digitgen_names
    test (count (commandline -opc)) -eq (math $argv[1] + 1)
end

complete -c digitgen -f
complete -c digitgen -n '__digitgen_names 0' -a generate -d 'Draws handwritten digits (the default command).'
complete -c digitgen -n '__digitgen_names 0' -a dataset -d 'Makes a labelled data set of any size.'
complete -c digitgen -n '__digitgen_names 0' -a serve -d 'Answers requests, one JSON line each, over standard input and output.'
complete -c digitgen -n '__digitgen_names 0' -a models -d 'Lists the models.'
complete -c digitgen -n '__digitgen_names 0' -a inspect -d 'Tells what is in a model: layers, sizes, costs, history, metrics.'
complete -c digitgen -n '__digitgen_names 0' -a bench -d 'Measures how fast a model draws.'
complete -c digitgen -n '__digitgen_names 0' -a help -d 'Show subcommand help information.'
complete -c digitgen -n '__digitgen_is generate' -l count -x -d 'How many images. (default: 1, or 10 without <digits>)'
complete -c digitgen -n '__digitgen_is generate' -l seed -x -d 'Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.'
complete -c digitgen -n '__digitgen_is generate' -l style -x -d 'All in one hand: each number names another one, the same under every seed.'
complete -c digitgen -n '__digitgen_is generate' -l vary -x -d 'How far each image strays from the style, from 0 to 1. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l morph -x -d 'From style a to style b in --count images; without <digits>, from digit a to digit b in one style.'
complete -c digitgen -n '__digitgen_is generate' -l sheet -d 'All digits of --count styles, with the styles\' numbers in the margin, from --style on.'
complete -c digitgen -n '__digitgen_is generate' -l model -x -a 'cdcgan cgan dcgan gan' -d 'A model of this program; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is generate' -l weights -r -F -d 'A model\'s file (NAME.safetensors.zst) instead.'
complete -c digitgen -n '__digitgen_is generate' -s o -l output -r -F -d 'Write to a file instead of standard output.'
complete -c digitgen -n '__digitgen_is generate' -l format -x -a 'png idx npy pgm raw' -d 'png and pgm are one picture; idx, npy and raw an array. (default: by the file\'s name, or png)'
complete -c digitgen -n '__digitgen_is generate' -l columns -x -d 'Images in a row of a picture. (default: as near square as can be)'
complete -c digitgen -n '__digitgen_is generate' -l scale -x -d 'Make a picture so many times larger. (default: 1)'
complete -c digitgen -n '__digitgen_is generate' -l filter -x -a 'smooth pixels' -d 'How --scale enlarges: smooth, or pixels that become squares.'
complete -c digitgen -n '__digitgen_is generate' -l padding -x -d 'Pixels between the images of a picture and around them. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l invert -d 'Black on white.'
complete -c digitgen -n '__digitgen_is generate' -l background -x -a 'solid transparent' -d 'What is between the strokes; transparent in PNG alone.'
complete -c digitgen -n '__digitgen_is generate' -l preview -x -a 'blocks sixel kitty' -d 'Show the images on standard output, in blocks or by the terminal\'s graphics. (default: blocks on a terminal)'
complete -c digitgen -n '__digitgen_is generate' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is generate' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is dataset' -l count -x -d 'How many images in all.'
complete -c digitgen -n '__digitgen_is dataset' -l digits -x -d 'Which digits, each once. (default: all that the model draws)'
complete -c digitgen -n '__digitgen_is dataset' -l seed -x -d 'Draw the same again: the same seed gives the same bytes, everywhere. Without it, a new one.'
complete -c digitgen -n '__digitgen_is dataset' -l model -x -a 'cdcgan cgan dcgan gan' -d 'A model of this program; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is dataset' -l weights -r -F -d 'A model\'s file (NAME.safetensors.zst) instead.'
complete -c digitgen -n '__digitgen_is dataset' -l format -x -a 'idx png npy tar' -d 'How to store it.'
complete -c digitgen -n '__digitgen_is dataset' -l shard -x -d 'Make only part K of N equal ones. Needs --seed.'
complete -c digitgen -n '__digitgen_is dataset' -s o -l output -x -a '(__fish_complete_directories)' -d 'A new or empty folder; - writes a tar archive to standard output.'
complete -c digitgen -n '__digitgen_is dataset' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is dataset' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is serve' -l framing -x -a 'json binary' -d 'json has images as base64; binary has them after the line.'
complete -c digitgen -n '__digitgen_is serve' -l model -x -a 'cdcgan cgan dcgan gan' -d 'A model of this program; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is serve' -l weights -r -F -d 'A model\'s file (NAME.safetensors.zst) instead.'
complete -c digitgen -n '__digitgen_is serve' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is serve' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is models' -l json -d 'As JSON: an array of objects.'
complete -c digitgen -n '__digitgen_is models' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is models' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is inspect' -l json -d 'As JSON: an object.'
complete -c digitgen -n '__digitgen_is inspect' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is inspect' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is inspect' -F -a 'cdcgan cgan dcgan gan'
complete -c digitgen -n '__digitgen_is bench' -l model -x -a 'cdcgan cgan dcgan gan' -d 'A model of this program; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is bench' -l weights -r -F -d 'A model\'s file (NAME.safetensors.zst) instead.'
complete -c digitgen -n '__digitgen_is bench' -l batch -x -d 'Images at a time. (default: some of 1 to 1024)'
complete -c digitgen -n '__digitgen_is bench' -l threads -x -d 'Threads. (default: some of 1 to all processors)'
complete -c digitgen -n '__digitgen_is bench' -l seconds -x -d 'How long to measure; with 0, everything once.'
complete -c digitgen -n '__digitgen_is bench' -l json -d 'As JSON: an object.'
complete -c digitgen -n '__digitgen_is bench' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is bench' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is help' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is help' -a 'generate dataset serve models inspect bench'

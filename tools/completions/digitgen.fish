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
complete -c digitgen -n '__digitgen_names 0' -a generate -d 'Draw handwritten digits (the default command).'
complete -c digitgen -n '__digitgen_names 0' -a dataset -d 'Make a labelled data set of any size.'
complete -c digitgen -n '__digitgen_names 0' -a serve -d 'Answer requests on standard input, one JSON line each.'
complete -c digitgen -n '__digitgen_names 0' -a models -d 'List the models.'
complete -c digitgen -n '__digitgen_names 0' -a inspect -d 'Describe a model: layers, size, cost, training, metrics.'
complete -c digitgen -n '__digitgen_names 0' -a bench -d 'Measure how fast a model draws.'
complete -c digitgen -n '__digitgen_names 0' -a help -d 'Show subcommand help information.'
complete -c digitgen -n '__digitgen_is generate' -l count -x -d 'Number of images. (default: 1, or 10 without <text>)'
complete -c digitgen -n '__digitgen_is generate' -l seed -x -d 'Random seed: the same seed gives the same bytes on every machine. (default: a new one)'
complete -c digitgen -n '__digitgen_is generate' -l style -x -d 'Draw all images in the hand with this number, which is the same under every seed.'
complete -c digitgen -n '__digitgen_is generate' -l vary -x -d 'How far each image strays from --style, from 0 to 1. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l morph -x -d 'Go from style a to style b in --count images; without <digits>, from digit a to digit b in one style.'
complete -c digitgen -n '__digitgen_is generate' -l sheet -d 'Draw all digits in --count styles, starting at --style, with numbers in the margin.'
complete -c digitgen -n '__digitgen_is generate' -l pattern -x -d 'Texts by a pattern: # is a digit, [1-9] one of a set, {2,4} repeats, or a name such as zip, date-iso, date-us, amount, phone-us, iban-digits, card, isbn.'
complete -c digitgen -n '__digitgen_is generate' -l length -x -d 'Texts of so many random digits: 5, or 3-8.'
complete -c digitgen -n '__digitgen_is generate' -l from -r -F -d 'Texts from a file, one a line; - is standard input.'
complete -c digitgen -n '__digitgen_is generate' -l height -x -d 'Pixels down a line: 16 to 1024. (default: 48)'
complete -c digitgen -n '__digitgen_is generate' -l width -x -d 'Pixels across every line, with paper on the right. (default: as wide as its text)'
complete -c digitgen -n '__digitgen_is generate' -l margin -x -d 'Pixels of paper around the ink of a line. (default: a twelfth of the height)'
complete -c digitgen -n '__digitgen_is generate' -l spacing -x -d 'Mean distance of neighbours, in percent of a digit\'s height: 0 to 200. (default: 16)'
complete -c digitgen -n '__digitgen_is generate' -l slope -x -d 'How much lines rise or fall, in percent of their length: 0 to 20. (default: 2)'
complete -c digitgen -n '__digitgen_is generate' -l touch -x -d 'Neighbouring digits that touch, in percent: 0 to 100. (default: 4)'
complete -c digitgen -n '__digitgen_is generate' -l wander -x -d 'How far digits stray up and down, in percent of a digit\'s height: 0 to 50. (default: 3)'
complete -c digitgen -n '__digitgen_is generate' -l ink -x -d 'Level of the ink of lines: 0 to 255. (default: 255)'
complete -c digitgen -n '__digitgen_is generate' -l paper -x -d 'Level of the paper of lines: 0 to 255. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l boxes -d 'Print a comb of boxes, as forms have, with a character in each.'
complete -c digitgen -n '__digitgen_is generate' -l model -x -a 'cdcgan cgan dcgan gan ink' -d 'Model to draw with; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is generate' -l weights -r -F -d 'Read the model from a file (NAME.safetensors.zst).'
complete -c digitgen -n '__digitgen_is generate' -s o -l output -r -F -d 'Write to a file instead of standard output.'
complete -c digitgen -n '__digitgen_is generate' -l format -x -a 'png svg idx npy pgm raw' -d 'png, svg and pgm are one picture; idx, npy and raw an array. (default: by the file name, or png)'
complete -c digitgen -n '__digitgen_is generate' -l columns -x -d 'Images in a row of a picture. (default: a near-square grid)'
complete -c digitgen -n '__digitgen_is generate' -l scale -x -d 'Enlarge a picture this many times. (default: 1)'
complete -c digitgen -n '__digitgen_is generate' -l size -x -d 'Pixels along a side of a digit, instead of --scale: 8 to 2048. (default: 28)'
complete -c digitgen -n '__digitgen_is generate' -l finish -x -a 'mnist ink' -d 'Make pixels by MNIST\'s preprocessing, for pictures to enlarge, or draw the model\'s ink at any size. (default: mnist at 28 pixels, and ink at other sizes if the model draws it)'
complete -c digitgen -n '__digitgen_is generate' -l filter -x -a 'smooth pixels' -d 'How pixels are enlarged: smoothly, or as squares.'
complete -c digitgen -n '__digitgen_is generate' -l padding -x -d 'Pixels between the images of a picture and around them. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l invert -d 'Draw black on white.'
complete -c digitgen -n '__digitgen_is generate' -l background -x -a 'solid transparent' -d 'Background of a picture; PNG and SVG can be transparent.'
complete -c digitgen -n '__digitgen_is generate' -l preview -x -a 'blocks sixel kitty' -d 'Show the images on standard output, as block characters or terminal graphics. (default: blocks on a terminal)'
complete -c digitgen -n '__digitgen_is generate' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is generate' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is dataset' -l count -x -d 'Number of images in the whole data set.'
complete -c digitgen -n '__digitgen_is dataset' -l digits -x -d 'Digits to draw, each once. (default: all that the model draws)'
complete -c digitgen -n '__digitgen_is dataset' -l seed -x -d 'Random seed: the same seed gives the same bytes on every machine. (default: a new one)'
complete -c digitgen -n '__digitgen_is dataset' -l model -x -a 'cdcgan cgan dcgan gan ink' -d 'Model to draw with; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is dataset' -l weights -r -F -d 'Read the model from a file (NAME.safetensors.zst).'
complete -c digitgen -n '__digitgen_is dataset' -l size -x -d 'Pixels along a side of an image: 8 to 2048 for models that draw ink. (default: 28)'
complete -c digitgen -n '__digitgen_is dataset' -l finish -x -a 'mnist ink' -d 'Make pixels by MNIST\'s preprocessing, or draw the model\'s ink. (default: mnist at 28 pixels, ink at other sizes)'
complete -c digitgen -n '__digitgen_is dataset' -l format -x -a 'idx png npy tar' -d 'Format of the files.'
complete -c digitgen -n '__digitgen_is dataset' -l shard -x -d 'Make only shard K of N; needs --seed.'
complete -c digitgen -n '__digitgen_is dataset' -s o -l output -x -a '(__fish_complete_directories)' -d 'New or empty folder; - writes a tar archive to standard output.'
complete -c digitgen -n '__digitgen_is dataset' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is dataset' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is serve' -l framing -x -a 'json binary' -d 'json sends images as base64, binary as bytes after each line.'
complete -c digitgen -n '__digitgen_is serve' -l model -x -a 'cdcgan cgan dcgan gan ink' -d 'Model to draw with; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is serve' -l weights -r -F -d 'Read the model from a file (NAME.safetensors.zst).'
complete -c digitgen -n '__digitgen_is serve' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is serve' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is models' -l json -d 'Print a JSON array of objects.'
complete -c digitgen -n '__digitgen_is models' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is models' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is inspect' -l json -d 'Print a JSON object.'
complete -c digitgen -n '__digitgen_is inspect' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is inspect' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is inspect' -F -a 'cdcgan cgan dcgan gan ink'
complete -c digitgen -n '__digitgen_is bench' -l model -x -a 'cdcgan cgan dcgan gan ink' -d 'Model to draw with; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is bench' -l weights -r -F -d 'Read the model from a file (NAME.safetensors.zst).'
complete -c digitgen -n '__digitgen_is bench' -l batch -x -d 'Images per batch. (default: several from 1 to 1024)'
complete -c digitgen -n '__digitgen_is bench' -l threads -x -d 'Number of threads. (default: several up to all processors)'
complete -c digitgen -n '__digitgen_is bench' -l seconds -x -d 'Duration of the measurement; 0 measures everything once.'
complete -c digitgen -n '__digitgen_is bench' -l json -d 'Print a JSON object.'
complete -c digitgen -n '__digitgen_is bench' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is bench' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is help' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is help' -a 'generate dataset serve models inspect bench'

# Completions of digitgen for fish, as 'digitgen --generate-completion-script fish'
# prints them: made from the program's options.

# Whether the command line names the command $argv[1], or no other one where it is the default.
function __digitgen_is
    set -l words (commandline -opc)
    if contains -- "$words[2]" generate dataset again serve models inspect bench help
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
complete -c digitgen -n '__digitgen_names 0' -a again -d 'Draw a picture again, as its text says.'
complete -c digitgen -n '__digitgen_names 0' -a serve -d 'Answer requests on standard input, one JSON line each.'
complete -c digitgen -n '__digitgen_names 0' -a models -d 'List the models.'
complete -c digitgen -n '__digitgen_names 0' -a inspect -d 'Describe a model: layers, size, cost, training, metrics.'
complete -c digitgen -n '__digitgen_names 0' -a bench -d 'Measure how fast a model draws.'
complete -c digitgen -n '__digitgen_names 0' -a help -d 'Show subcommand help information.'
complete -c digitgen -n '__digitgen_is generate' -s n -l count -x -d 'Number of images. (default: 1, or 10 without <digits>)'
complete -c digitgen -n '__digitgen_is generate' -l seed -x -d 'Random seed: the same seed gives the same bytes on every machine. (default: a new one)'
complete -c digitgen -n '__digitgen_is generate' -l first -x -d 'Number of the first image: image i of a seed is always the same. (default: 0)'
complete -c digitgen -n '__digitgen_is generate' -l style -x -d 'Draw all images in the hand with this number, which is the same under every seed.'
complete -c digitgen -n '__digitgen_is generate' -l vary -x -d 'How far digits stray from their hand, from 0 to 1; with models other than ink, images from --style. (default: with ink as people\'s digits do, otherwise 0)'
complete -c digitgen -n '__digitgen_is generate' -l slant -x -d 'The digits\' lean in degrees, positive to the right, or a range a:b of it. Only with models that obey a style, as are --thickness and --width. (default: as the hand has it)'
complete -c digitgen -n '__digitgen_is generate' -l thickness -x -d 'The strokes\' width in parts of the digit\'s height, such as 0.12, a range of it, thin or bold.'
complete -c digitgen -n '__digitgen_is generate' -l width -x -d 'The digits\' width in parts of their height, such as 0.8, or a range of it.'
complete -c digitgen -n '__digitgen_is generate' -l morph -x -d 'Go from style a to style b in --count images; without <digits>, from digit a to digit b in one style.'
complete -c digitgen -n '__digitgen_is generate' -l sheet -d 'Draw all digits in --count styles, starting at --style, with numbers in the margin.'
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
complete -c digitgen -n '__digitgen_is dataset' -s n -l count -x -d 'Number of images in the whole data set. (default: 70000 for mnist and npz)'
complete -c digitgen -n '__digitgen_is dataset' -l digits -x -d 'Digits to draw, each once. (default: all that the model draws)'
complete -c digitgen -n '__digitgen_is dataset' -l seed -x -d 'Random seed: the same seed gives the same bytes on every machine. (default: a new one)'
complete -c digitgen -n '__digitgen_is dataset' -l model -x -a 'cdcgan cgan dcgan gan ink' -d 'Model to draw with; \'digitgen models\' lists them.'
complete -c digitgen -n '__digitgen_is dataset' -l weights -r -F -d 'Read the model from a file (NAME.safetensors.zst).'
complete -c digitgen -n '__digitgen_is dataset' -l size -x -d 'Pixels along a side of an image: 8 to 2048 for models that draw ink. (default: 28)'
complete -c digitgen -n '__digitgen_is dataset' -l finish -x -a 'mnist ink' -d 'Make pixels by MNIST\'s preprocessing, or draw the model\'s ink. (default: mnist at 28 pixels, ink at other sizes)'
complete -c digitgen -n '__digitgen_is dataset' -l format -x -a 'idx mnist npz png npy tar' -d 'Format of the files.'
complete -c digitgen -n '__digitgen_is dataset' -l balanced -d 'Equally many images of each digit for mnist and npz, instead of MNIST\'s proportions.'
complete -c digitgen -n '__digitgen_is dataset' -l gz -d 'Compress the files of idx, mnist and npz.'
complete -c digitgen -n '__digitgen_is dataset' -l shards -x -d 'Number of archives for tar. (default: one, digits.tar)'
complete -c digitgen -n '__digitgen_is dataset' -l shard -x -d 'Make only shard K of N; needs --seed.'
complete -c digitgen -n '__digitgen_is dataset' -s o -l output -x -a '(__fish_complete_directories)' -d 'New or empty folder; - writes a tar archive to standard output.'
complete -c digitgen -n '__digitgen_is dataset' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is dataset' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is again' -l weights -r -F -d 'Read the model from a file, if it did not come with the program.'
complete -c digitgen -n '__digitgen_is again' -s o -l output -r -F -d 'Write to a PNG instead of standard output.'
complete -c digitgen -n '__digitgen_is again' -l version -d 'Show the version.'
complete -c digitgen -n '__digitgen_is again' -s h -l help -d 'Show help information.'
complete -c digitgen -n '__digitgen_is again' -F
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
complete -c digitgen -n '__digitgen_is help' -a 'generate dataset again serve models inspect bench'

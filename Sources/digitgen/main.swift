import Glibc

exit(DigitgenCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))

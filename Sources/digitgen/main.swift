import Glibc

LargePages.prepareHeap()
exit(DigitgenCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))

import Glibc

StandardDescriptors.fillGaps()
LargePages.prepareHeap()
exit(DigitgenCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))

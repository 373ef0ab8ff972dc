import Platform

StandardDescriptors.fillGaps()
LargePages.prepareHeap()
exit(DigitgenCommand.run(arguments: ProcessArguments.all))

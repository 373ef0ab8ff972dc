import DigitImaging
import Glibc

StandardDescriptors.fillGaps()
LargePages.prepareHeap()
exit(DigitgenCommand.run(arguments: ProcessArguments.all))

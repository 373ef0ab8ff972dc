"""Runs the blocks of a page in a folder, and looks at the pictures that they make."""

import re
import subprocess
import sys
from pathlib import Path

import numpy
from PIL import Image


# Torchvision's compiled operators may be for another build of PyTorch; transforms need none.
TORCHVISION = """
import torch
register = torch.library.register_fake
try:
    import torchvision
except RuntimeError:
    torch.library.register_fake = lambda *_, **__: lambda function: function
    import torchvision
    torch.library.register_fake = register
"""


def main():
    page, work = Path(sys.argv[1]).read_text(), Path(sys.argv[2])
    command = re.search(r"^    (digitgen .*)$", page, re.MULTILINE).group(1)
    subprocess.run(command, shell=True, cwd=work, check=True)
    clean = [numpy.asarray(Image.open(path)) for path in sorted((work / "amounts/images").glob("*.png"))]
    for block in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        name = re.search(r'"(\w+)\.png"', block).group(1)
        code = (TORCHVISION if "torchvision" in block else "") + block
        subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=work, check=True)
        sheet = Image.open(work / f"{name}.png").convert("L")
        pixels = numpy.asarray(sheet)
        # As many grays as a photo has, some ink, and mostly paper.
        assert len(numpy.unique(pixels)) > 60, f"{name}: {len(numpy.unique(pixels))} levels"
        dark = (pixels < pixels.max() * 0.6).mean()
        assert 0.01 < dark < 0.4, f"{name}: {dark:.1%} of the pixels are dark"
        assert pixels.size > sum(picture.size for picture in clean) // 2, f"{name}: {pixels.shape}"
        # Few levels make a small file.
        sheet.quantize(12).save(work / f"{name}.png", optimize=True)
        print(f"{name}: {len(clean)} lines, {dark:.1%} dark", flush=True)


main()

"""Writes the measurements as Markdown."""

import statistics

INTRODUCTION = """\
# Performance

The shipped models in digitgen, and the same models exported to ONNX in other inference engines, on one machine in one
run. `tools/check peers` repeats the measurement and writes this page. Python: see [the package](../python/README.md#speed).
"""

METHOD = """\
## Method

- Speed is measured from random numbers to uint8 pixels. digitgen's time includes drawing the latents. The other engines
  find theirs in memory, in the type and shape that suits them best, which is in their favour.
- The other engines get the models as exporters write them: ordinary dense, convolution and transposed convolution
  operators; for int8, between QuantizeLinear and DequantizeLinear, with the bundle's int8 weights per output channel
  and uint8 activations. Dense units are reordered so that no transposition is left, batch sizes are fixed at
  compilation, and buffers are reused. This is in their favour, too.
- Of `ink`, the other engines draw the field in float32: ONNX has no operator for finishing. digitgen's time includes
  it, which is in their favour: it clears specks, finds the ink's box, scans, resamples and centres it.
- In digitgen's favour: its kernels were written for exactly these layers, and the other engines are called from Python,
  which costs some microseconds per batch.
- Each engine runs at its fastest batch size, in parentheses, of {batches} (for digitgen, of 1, 8, 64, 256,
  1024). 2×32 means that two threads draw a batch of 32 each at the same time; a single number, that the threads share a
  batch. The faster way counts.
- digitgen and the other engines take turns: {rounds} rounds of {seconds} each. The fastest run of a round counts. The
  tables show medians over the rounds, and their ratios.
- Measurements with one thread are pinned to one processor.
"""

PEAK_NOTE = """
Bold marks the best other engine. The int8 peak is the rate of the processor's multiplying instructions on registers
alone, on as many threads, measured in the same run. Taps on the padding are not counted as work, because digitgen skips
them: they are 28 % of `dcgan`'s multiplications, and 11 % of those of `cdcgan` and `ink`. The other engines draw only
the field of `ink`; digitgen's time, and so its share of the peak, includes finishing.
"""

SATURATION_NOTE = """
\\* Not the same work: this processor has no instruction that sums products of bytes exactly, and these engines let sums
saturate at 16 bits. That is fast, but changes the pictures (see below). digitgen's sums are always exact.
"""

STARTUP_NOTE = """
From start to end of the process, medians of {runs} runs in turn: digitgen takes 1/{share} of the time. It also encodes
a PNG; the script runs `{model}` in float32, which loads faster than int8, and writes what that gives: raw pixels, or of
`ink` the unfinished field. Memory below about 10 MiB cannot be measured, because the process that starts the programs
uses as much.
"""

AGREEMENT_NOTE = """
Difference between the engines' pixels and digitgen's for the same 1000 latents, of 255: mean and maximum. As the bundle
does, pixels below its darkest gray are clamped to black. The engines' fields of `ink` are finished in Python; a picture
differs where a point of the field is just above or below 0. None of this is timed.

"""


def write(path, machine, agreements, comparisons, startup, settings):
    """Writes all parts to the file at `path`, through a file beside it."""
    parts = [INTRODUCTION, machine_part(machine)]
    for threads in sorted({comparison.threads for comparison in comparisons}):
        parts.append(speed_part([each for each in comparisons if each.threads == threads]))
    parts += [startup_part(startup), agreement_part(agreements), METHOD.format(**settings)]
    new = path.with_name(path.name + ".new")
    new.write_text("\n".join(parts) + other_sections(path), encoding="utf-8")
    new.replace(path)


def other_sections(path):
    """The page's sections behind the method, which are not written here."""
    page = path.read_text(encoding="utf-8") if path.exists() else ""
    _, heading, rest = page.partition("\n## Method\n")[2].partition("\n## ")
    return heading + rest


def table(header, rows):
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def machine_part(machine):
    return "## The machine\n\n" + table(["", ""], [[name, value] for name, value in machine.items()]).replace(
        "---:", "---")


def speed_part(comparisons):
    threads = comparisons[0].threads
    peers = [speed.peer for speed in comparisons[0].peers]
    are_exact = all(peer.is_exact for peer in peers)
    header = [
        "images per second (batch)", "digitgen", *[heading(peer) for peer in peers], "digitgen / best other",
        *([] if are_exact else ["digitgen / best exact"]), "share of int8 peak"]
    rows = []
    for each in comparisons:
        bests = [each.best] if are_exact else [each.best, each.best_exact]
        rows.append([
            f"`{each.model}`", cell(each.ours), *[cell(speed, speed is each.best) for speed in each.peers],
            *[f"**{each.ours.median / best.median:.2f}×**" for best in bests],
            f"{each.share_of_peak * 100:.0f} %"])
    title = "One thread" if threads == 1 else f"{threads} threads"
    return f"## {title}\n\n" + table(header, rows) + PEAK_NOTE + ("" if are_exact else SATURATION_NOTE)


def heading(peer):
    return peer.name if peer.is_exact else peer.name + " \\*"


def cell(speed, is_best=False):
    text = grouped(speed.median)
    return f"{'**' + text + '**' if is_best else text} ({speed.batch})"


def grouped(number):
    """Three significant digits, thousands separated."""
    digits = max(len(str(round(number))) - 3, 0)
    return f"{round(number, -digits):,.0f}"


def startup_part(startup):
    medians = {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        for name, runs in startup["programs"].items()
    }
    rows = [
        [name, f"{of['seconds'] * 1000:.1f} ms", f"{of['processor_seconds'] * 1000:.1f} ms",
         f"{of['memory'] / 2**20:.1f} MiB"] for name, of in medians.items()
    ]
    ours, theirs = (of["seconds"] for of in medians.values())
    return (
        "## Sixteen sevens as a whole process\n\n"
        + table(["", "time", "processor time", "peak memory"], rows)
        + STARTUP_NOTE.format(runs=startup["runs"], model=startup["model"], share=round(theirs / ours)))


def agreement_part(agreements):
    names = [heading(agreement.peer) for agreement in next(iter(agreements.values()))]
    rows = [
        [f"`{model}`", *[f"{each.mean:.3f}, {each.greatest}" for each in found]]
        for model, found in agreements.items()
    ]
    return "## The same pictures\n" + AGREEMENT_NOTE + table(["", *names], rows)

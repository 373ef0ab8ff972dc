"""Writes what was measured as Markdown."""

import statistics

INTRODUCTION = """\
# Performance

Written by `tools/check peers`, which measures all of this anew: the shipped models in digitgen, and the same
models, exported to ONNX, in other inference engines on the same machine in the same run.
"""

METHOD = """\
## How it is measured

- From random numbers to uint8 pixels, in images a second. digitgen draws its latents within the time that is counted;
  the others find theirs ready in memory, in the type and shape that suits them. That is in the others' favour.
- The others get the models as their exporters write them: dense, convolution and transposed convolution as such, the
  quantized one with QuantizeLinear and DequantizeLinear around them, with the bundle's int8 weights per output channel
  and its uint8 activations. Dense units are reordered beforehand so that nothing is left to transpose, the sizes of
  batches are fixed when the model is compiled, and buffers are used again. That is in their favour, too.
- In digitgen's favour: its kernels were written for just these layers, and the others are called from Python, which
  costs some microseconds a batch.
- Each engine runs at the batch that is fastest for it, of {batches} (of 1, 8, 64, 256, 1024 for digitgen); it
  stands in parentheses. 2×32 means that two threads draw a batch of 32 each at the same time; where the threads help
  each other with one batch instead, only its size stands there. The faster way counts.
- digitgen and the others take turns of {seconds}; number of turns: {rounds} each. In a turn the fastest run counts, for
  all of them; the table has the medians of the turns, and the ratio of those.
- Measurements with one thread are confined to one processor.
"""

PEAK_NOTE = """
The best of the others is bold. The peak is what the processor's multiplying instructions reach alone, on as many
threads, in the same run.
"""

SATURATION_NOTE = """
\\* Not the same work: this processor has no instruction that adds products of bytes up exactly, and these let their
sums saturate at 16 bits. That is fast, and draws other pictures (see below); digitgen's sums are always exact.
"""

STARTUP_NOTE = """
From the start of the process to its end, medians of {runs} runs in turn: digitgen takes 1/{share} of the time. It also
encodes a PNG; the script writes bare pixels, and runs `{model}` in float32, which loads faster than int8. (Less than
some 10 MiB of memory cannot be told: the process that starts the others has as much.)
"""


def write(path, machine, agreements, comparisons, startup, settings):
    """All parts into the file at `path`, by way of a file beside it."""
    parts = [INTRODUCTION, machine_part(machine)]
    for threads in sorted({comparison.threads for comparison in comparisons}):
        parts.append(speed_part([each for each in comparisons if each.threads == threads]))
    parts += [startup_part(startup), agreement_part(agreements), METHOD.format(**settings)]
    new = path.with_name(path.name + ".new")
    new.write_text("\n".join(parts), encoding="utf-8")
    new.replace(path)


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
        "images a second (batch)", "digitgen", *[heading(peer) for peer in peers], "digitgen to the best other",
        *([] if are_exact else ["to the best exact one"]), "digitgen's share of the int8 peak"]
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
    """Three digits that matter, thousands set apart."""
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
        "## Sixteen sevens, as a whole process\n\n"
        + table(["", "time", "processor time", "peak memory"], rows)
        + STARTUP_NOTE.format(runs=startup["runs"], model=startup["model"], share=round(theirs / ours)))


def agreement_part(agreements):
    names = [heading(agreement.peer) for agreement in next(iter(agreements.values()))]
    rows = [
        [f"`{model}`", *[f"{each.mean:.3f}, {each.greatest}" for each in found]]
        for model, found in agreements.items()
    ]
    return (
        "## The same pictures\n\n"
        "How far the others' pixels lie from digitgen's for the same 1000 latents, of 255: the mean, and the most. "
        "Theirs\nare made black, too, where they are below the bundle's darkest gray, after the time that is counted.\n\n"
        + table(["", *names], rows))

#!/usr/bin/env python3
"""A labelled data set of handwritten digits, made by a Spark cluster and stored as Parquet.

    spark-submit spark_dataset.py --count 1000000 --seed 1 --digitgen ./digitgen --output hdfs:///digits

Each partition of the data set is one task and one file. The task pipes its requests through `digitgen serve` by
`RDD.pipe`, and its file appears when it is complete and digitgen has ended well. Started again, the job makes only
the files that are missing, so it goes on where it was stopped.

Image i is image i of `digitgen dataset --count … --seed …`, on whichever machine it is made, and however the data
set is divided. The columns: `index` (int64), `label` (int8), and `image` (binary), which is 784 bytes row by row
with 0 for background and 255 for ink, or a PNG.

Every worker needs Python with pyarrow. The output is a folder that all workers share: a path, or a URI that pyarrow
knows (hdfs://, s3://, gs://, file://).
"""

import argparse
import base64
import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass, replace

import pyarrow
from pyarrow import fs, parquet

# Where workers look for digitgen when it is not brought along; their environment is empty otherwise.
SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin"
ROWS_IN_MEMORY = 10_000
# Names that begin so are passed over by whatever reads folders of Parquet files.
HIDDEN = "_"
DESCRIPTION = "_digits.json"


@dataclass(frozen=True)
class Plan:
    """All that the bytes of the data set depend on, and how they are divided. It is stored beside them."""

    count: int
    seed: int
    digits: str
    format: str
    partition_size: int
    model: str = ""
    sha256: str = ""
    version: str = ""

    @property
    def partitions(self):
        return range((self.count + self.partition_size - 1) // self.partition_size)

    def images(self, partition):
        start = partition * self.partition_size
        return range(start, min(start + self.partition_size, self.count))

    def label(self, index):
        return self.digits[index % len(self.digits)]

    def file(self, partition):
        return f"part-{partition:06}.parquet"

    def requests(self, partition):
        """The lines for one partition: who is there, and then a line for each image, with its number as id."""
        yield json.dumps({"id": partition, "op": "hello"})
        settings = json.dumps({"seed": self.seed, "model": self.model, "format": self.format, "layout": "each"})[1:]
        for index in self.images(partition):
            yield f'{{"id":{index},"digits":"{self.label(index)}","first":{index},{settings}'


class Output:
    """The folder for the files, shared by all machines."""

    def __init__(self, place):
        self.place = place if "://" in place else os.path.abspath(place)
        self.system, self.folder = fs.FileSystem.from_uri(self.place)

    # The connection is made anew on every machine.
    def __reduce__(self):
        return Output, (self.place,)

    def path(self, name):
        return f"{self.folder}/{name}"

    def names(self):
        selector = fs.FileSelector(self.folder, allow_not_found=True)
        return {info.base_name for info in self.system.get_file_info(selector)}

    def read(self, name):
        with self.system.open_input_stream(self.path(name)) as file:
            return file.read()

    def write(self, name, fill):
        """Calls `fill` with an open file, which gets its name when `fill` has come back."""
        hidden = self.path(f"{HIDDEN}{os.getpid()}-{random.getrandbits(64):016x}-{name}")
        try:
            with self.system.open_output_stream(hidden) as file:
                result = fill(file)
            if isinstance(self.system, fs.LocalFileSystem):
                with open(hidden, "rb") as file:
                    os.fsync(file.fileno())
            self._move(hidden, self.path(name))
            return result
        except BaseException:
            if self._exists(hidden):
                self.system.delete_file(hidden)
            raise

    def _move(self, hidden, path):
        try:
            self.system.move(hidden, path)
        except OSError:
            # Spark may run a task twice; both make the same bytes, and the first wins.
            if not self._exists(path):
                raise
            self.system.delete_file(hidden)

    def _exists(self, path):
        return self.system.get_file_info(path).type != fs.FileType.NotFound


def answer(line):
    """The reply on a line. Raises RuntimeError when it is an error."""
    reply = json.loads(line)
    if not reply["ok"]:
        raise RuntimeError(f"digitgen refused image {reply['id']}: {reply['error']['message']}")
    return reply


def choose_model(hello, name):
    """The model called `name`, or the default, of those that a worker has."""
    models = {model["name"]: model for model in hello["models"]}
    model = models.get(name or hello["models"][0]["name"])
    if model is None or not model["conditional"]:
        usable = ", ".join(model["name"] for model in hello["models"] if model["conditional"])
        raise RuntimeError(f"no model '{name}' can be told which digits to draw; there is: {usable or 'none'}")
    return model


def write_partition(plan, output, lines):
    """Writes the replies to `plan.requests` into a file, and returns the number of its images.

    `lines` must be taken to its end: only there does RDD.pipe look at digitgen's exit status, and raise when it is
    not 0. So the file gets its name after that.
    """
    lines = iter(lines)
    hello = answer(next(lines))
    if choose_model(hello, plan.model)["sha256"] != plan.sha256:
        raise RuntimeError(f"this worker has another '{plan.model}' than the data set was begun with")
    partition = hello["id"]
    schema = pyarrow.schema(
        [("index", pyarrow.int64()), ("label", pyarrow.int8()), ("image", pyarrow.binary())],
        metadata={"digitgen": json.dumps(asdict(plan))})

    def fill(file):
        indices, images = [], []
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:

            def flush():
                labels = [int(plan.label(index)) for index in indices]
                writer.write_table(pyarrow.table([indices, labels, images], schema=schema))
                indices.clear()
                images.clear()

            expected = iter(plan.images(partition))
            for line in lines:
                reply = answer(line)
                index = next(expected, None)
                if reply["id"] != index or reply["labels"] != [plan.label(index)]:
                    raise RuntimeError(f"the reply of image {reply['id']} came in the place of image {index}")
                indices.append(index)
                images.append(base64.b64decode(reply["data"][0]))
                if len(indices) == ROWS_IN_MEMORY:
                    flush()
            if (index := next(expected, None)) is not None:
                raise RuntimeError(f"digitgen ended before image {index}")
            flush()

    output.write(plan.file(partition), fill)
    return len(plan.images(partition))


def bring_digitgen(context, path):
    """The command that starts digitgen on a worker. A file at `path` is taken to all of them."""
    if path is None:
        return "digitgen serve"
    context.addFile(os.path.abspath(path))
    if context._jsc.isLocal():
        return f"{os.path.abspath(path)} serve"
    # Spark puts it into the folder in which a worker runs.
    return f"./{os.path.basename(path)} serve"


def settle(plan, pipe, context, output):
    """The plan with everything that was left open: taken from the data set if it was begun before, else chosen."""
    hello = answer(pipe(context.parallelize(['{"op":"hello"}'], 1)).collect()[0])
    begun = json.loads(output.read(DESCRIPTION)) if DESCRIPTION in output.names() else {}
    if plan.seed is None:
        plan = replace(plan, seed=begun.get("seed", random.getrandbits(53)))
    model = choose_model(hello, plan.model or begun.get("model"))
    plan = replace(plan, model=model["name"], sha256=model["sha256"], version=begun.get("version", hello["version"]))
    different = [key for key, value in begun.items() if asdict(plan).get(key) != value]
    if different:
        raise RuntimeError(
            f"{output.place} holds a data set with another {' and '.join(different)}; choose another folder")
    if not begun:
        if strangers := [name for name in output.names() if not name.startswith((HIDDEN, "."))]:
            raise RuntimeError(f"{output.place} holds other files, such as {sorted(strangers)[0]}")
        output.system.create_dir(output.folder, recursive=True)
        output.write(DESCRIPTION, lambda file: file.write(json.dumps(asdict(plan), indent=2).encode() + b"\n"))
    return plan


def make(context, plan, output, digitgen=None):
    """Makes what is missing of a data set. Returns the number of images made now, and of those made before."""
    command = bring_digitgen(context, digitgen)

    def pipe(lines):
        return lines.pipe(command, env={"PATH": SEARCH_PATH}, checkCode=True)

    plan = settle(plan, pipe, context, output)
    present = output.names()
    missing = [partition for partition in plan.partitions if plan.file(partition) not in present]
    made = 0
    if missing:
        requests = context.parallelize(missing, len(missing)).flatMap(plan.requests)
        made = pipe(requests).mapPartitions(lambda lines: [write_partition(plan, output, lines)]).sum()
    output.write("_SUCCESS", lambda file: None)
    return made, plan.count - made


def parse_arguments():
    parser = argparse.ArgumentParser(
        description="Makes a data set of handwritten digits on a Spark cluster, as Parquet files.")

    def number(text):
        value = int(text)
        if value < 1:
            raise argparse.ArgumentTypeError("must be at least 1")
        return value

    def digits(text):
        if not text or not set(text) <= set("0123456789") or len(set(text)) != len(text):
            raise argparse.ArgumentTypeError("name each digit from 0 to 9 once at most, such as 0123456789 or 38")
        return text

    parser.add_argument("--count", type=number, required=True, help="how many images")
    parser.add_argument("--seed", type=int, help="the same seed gives the same images (default: a new one)")
    parser.add_argument("--digits", type=digits, default="0123456789", help="which digits, in turn")
    parser.add_argument("--model", default="", help="one of `digitgen models` (default: its default)")
    parser.add_argument("--format", choices=["raw", "png"], default="raw", help="what the column `image` holds")
    parser.add_argument("--partition-size", type=number, default=100_000, help="images in a file (100000)")
    parser.add_argument(
        "--digitgen", metavar="FILE",
        help="the program, a static executable, to be taken to the workers (default: theirs, in /usr/local/bin or "
        "/usr/bin)")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="a folder shared by all workers")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    plan = Plan(
        count=arguments.count, seed=arguments.seed, digits=arguments.digits, format=arguments.format,
        partition_size=arguments.partition_size, model=arguments.model)
    from pyspark import SparkContext

    context = SparkContext.getOrCreate()
    start = time.monotonic()
    try:
        made, before = make(context, plan, Output(arguments.output), arguments.digitgen)
        seconds = time.monotonic() - start
    except RuntimeError as error:
        sys.exit(f"spark_dataset: {error}")
    finally:
        context.stop()
    print(f"{made} images made in {seconds:.1f} s, {before} were there already", file=sys.stderr)


if __name__ == "__main__":
    main()

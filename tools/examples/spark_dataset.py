#!/usr/bin/env python3
"""Makes a labelled data set of handwritten digits on a Spark cluster, stored as Parquet.

    spark-submit spark_dataset.py --count 1000000 --seed 1 --digitgen ./digitgen --output hdfs:///digits

Each partition of the data set is one task and one file. The task pipes its requests through `digitgen serve` with
`RDD.pipe`. Its file appears when it is complete and digitgen has succeeded. A restarted job makes only the missing
files.

Image i is image i of `digitgen dataset --count … --seed …`, regardless of the machine and the partitions. The columns
are `index` (int64), `label` (int8), and `image` (binary): a PNG, or 784 bytes in rows, from 0 (background) to 255 (ink).

Every worker needs Python with pyarrow. The output is a folder that all workers share: a path, or a URI that pyarrow
supports (hdfs://, s3://, gs://, file://).
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

# The PATH of the workers, whose environment is otherwise empty.
SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin"
ROWS_IN_MEMORY = 10_000
# Readers of Parquet folders ignore names with this prefix.
HIDDEN = "_"
DESCRIPTION = "_digits.json"


@dataclass(frozen=True)
class Plan:
    """Everything that determines the data set's bytes and partitions. It is stored with the data."""

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
        """The lines for one partition: hello, then a request for each image, with its index as id."""
        yield json.dumps({"id": partition, "op": "hello"})
        settings = json.dumps({"seed": self.seed, "model": self.model, "format": self.format, "layout": "each"})[1:]
        for index in self.images(partition):
            yield f'{{"id":{index},"digits":"{self.label(index)}","first":{index},{settings}'


class Output:
    """The output folder, shared by all machines."""

    def __init__(self, place):
        self.place = place if "://" in place else os.path.abspath(place)
        self.system, self.folder = fs.FileSystem.from_uri(self.place)

    # Every machine opens its own connection.
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
        """Calls `fill` with an open file, and gives the file its name afterwards."""
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
            # Spark may run a task twice. Both runs make the same bytes, and the first wins.
            if not self._exists(path):
                raise
            self.system.delete_file(hidden)

    def _exists(self, path):
        return self.system.get_file_info(path).type != fs.FileType.NotFound


def answer(line):
    """Parses a reply. Raises RuntimeError if it is an error."""
    reply = json.loads(line)
    if not reply["ok"]:
        raise RuntimeError(f"digitgen refused image {reply['id']}: {reply['error']['message']}")
    return reply


def choose_model(hello, name):
    """The worker's model called `name`, or its default model."""
    models = {model["name"]: model for model in hello["models"]}
    model = models.get(name or hello["models"][0]["name"])
    if model is None or not model["conditional"]:
        usable = ", ".join(model["name"] for model in hello["models"] if model["conditional"])
        raise RuntimeError(f"'{name}' is not a conditional model; expected one of {usable or 'none'}")
    return model


def write_partition(plan, output, lines):
    """Writes the replies to `plan.requests` to a file. Returns the number of images.

    RDD.pipe checks digitgen's exit code only at the end of `lines`, so the file gets its name after that.
    """
    lines = iter(lines)
    hello = answer(next(lines))
    if choose_model(hello, plan.model)["sha256"] != plan.sha256:
        raise RuntimeError(f"this worker's '{plan.model}' is not the one that the data set was started with")
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
                    raise RuntimeError(f"got the reply for image {reply['id']} instead of image {index}")
                indices.append(index)
                images.append(base64.b64decode(reply["data"][0]))
                if len(indices) == ROWS_IN_MEMORY:
                    flush()
            if (index := next(expected, None)) is not None:
                raise RuntimeError(f"digitgen exited before image {index}")
            flush()

    output.write(plan.file(partition), fill)
    return len(plan.images(partition))


def bring_digitgen(context, path):
    """The command that starts digitgen on a worker. Copies the file at `path`, if any, to all workers."""
    if path is None:
        return "digitgen serve"
    context.addFile(os.path.abspath(path))
    if context._jsc.isLocal():
        return f"{os.path.abspath(path)} serve"
    # Spark puts it into the worker's working folder.
    return f"./{os.path.basename(path)} serve"


def settle(plan, pipe, context, output):
    """Completes the plan, from the data set if it exists already."""
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
    """Makes the missing files of a data set. Returns the number of new images and of existing ones."""
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
            raise argparse.ArgumentTypeError("expected distinct digits, such as 0123456789 or 38")
        return text

    parser.add_argument("--count", type=number, required=True, help="number of images")
    parser.add_argument("--seed", type=int, help="seed; the same seed gives the same images (default: random)")
    parser.add_argument("--digits", type=digits, default="0123456789", help="digits to cycle through")
    parser.add_argument("--model", default="", help="one of `digitgen models` (default: digitgen's default)")
    parser.add_argument("--format", choices=["raw", "png"], default="raw", help="content of the column `image`")
    parser.add_argument("--partition-size", type=number, default=100_000, help="images per file (100000)")
    parser.add_argument(
        "--digitgen", metavar="FILE",
        help="static executable to copy to the workers (default: theirs, in /usr/local/bin or /usr/bin)")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="folder that all workers share")
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
    print(f"made {made} images in {seconds:.1f} s; {before} existed already", file=sys.stderr)


if __name__ == "__main__":
    main()

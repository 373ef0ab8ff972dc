"""Compares the output of spark_dataset.py with that of one machine. Run by tools/check spark."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy
from pyarrow import parquet
from py4j.protocol import Py4JJavaError
from pyspark import SparkConf, SparkContext

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))
import spark_dataset  # noqa: E402

CLUSTER = "local-cluster[2,1,1024]"
SETTINGS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
SEED = 1


def table(folder):
    """All rows, sorted by index."""
    return parquet.read_table(folder).sort_by("index")


def arrays(digitgen, folder, count):
    """Images and labels of the same data set from one process."""
    subprocess.run(
        [digitgen, "dataset", "--count", str(count), "--seed", str(SEED), "--format", "npy", "-o", folder],
        check=True)
    return numpy.load(folder / "images.npy"), numpy.load(folder / "labels.npy")


def expect(condition, what):
    if not condition:
        sys.exit(f"check spark: failed: {what}")


def expect_equal(folder, images, labels):
    rows = table(folder)
    expect(rows.column("index").to_pylist() == list(range(len(images))), f"{folder.name} has every image once")
    expect(numpy.array_equal(rows.column("label").to_numpy(), labels), f"{folder.name} has the labels")
    expect(b"".join(rows.column("image").to_pylist()) == images.tobytes(), f"{folder.name} has the images")


def parts(folder):
    """The files with images, and their identities, which change if they are replaced."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.glob("*.parquet")}


def stand_in(path, script):
    """A script in place of digitgen."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def submit(digitgen, folder, count, partition_size):
    """Starts the job as a user does."""
    settings = [word for key, value in SETTINGS.items() for word in ("--conf", f"{key}={value}")]
    subprocess.run(
        [Path(os.environ["SPARK_HOME"]) / "bin/spark-submit", "--master", CLUSTER, *settings,
         EXAMPLES / "spark_dataset.py", "--count", str(count), "--seed", str(SEED), "--digitgen", digitgen,
         "--partition-size", str(partition_size), "--output", folder],
        check=True)


def check_resuming(make, digitgen, whole, work, images, labels, partition_size):
    folder = work / "resumed"
    shutil.copytree(whole, folder)
    before = parts(folder)
    lost = sorted(before)[1:3]
    for name in [*lost, "_SUCCESS"]:
        (folder / name).unlink()
    made, present = make(folder, digitgen)
    expect((made, present) == (2 * partition_size, len(images) - 2 * partition_size), "only missing files are made")
    expect_equal(folder, images, labels)
    after = parts(folder)
    expect(all(after[name] == before[name] for name in before if name not in lost), "other files are kept")
    expect(make(folder, digitgen) == (0, len(images)), "nothing is made twice")
    try:
        make(folder, digitgen, seed=SEED + 1)
    except RuntimeError as error:
        expect("another seed" in str(error), "another seed is named")
    else:
        expect(False, "another seed is refused")


def check_failing(make, digitgen, work, images, labels):
    # The first call says hello; the second fails after drawing all its images.
    (work / "calls").mkdir()
    flaky = stand_in(
        work / "flaky", f"{digitgen} \"$@\" || exit\ncd {work}/calls\nmkdir 1 2>&- && exit 0\nmkdir 2 2>&- && exit 3\ntrue")
    make(work / "retried", flaky)
    expect((work / "calls" / "2").exists(), "a task has failed")
    expect_equal(work / "retried", images, labels)

    broken = stand_in(work / "broken", f"{digitgen} \"$@\" || exit\ncd {work}/calls\nmkdir 3 2>&- && exit 0\nexit 3")
    try:
        make(work / "failed", broken)
    except Py4JJavaError as error:
        expect("exit" in str(error) or "status" in str(error), "the exit code is reported")
    else:
        expect(False, "a failing digitgen fails the job")
    names = sorted(path.name for path in (work / "failed").iterdir())
    expect(names == ["_digits.json"], f"a failed job leaves no file of images: {names}")


def check_pictures(make, digitgen, work):
    count = 1000
    subprocess.run(
        [digitgen, "dataset", "--count", str(count), "--seed", str(SEED), "--format", "png", "-o", work / "png"],
        check=True)
    files = {int(path.stem): path.read_bytes() for path in (work / "png").glob("*/*.png")}
    make(work / "pictures", digitgen, count=count, format="png", partition_size=300)
    pictures = table(work / "pictures").column("image").to_pylist()
    expect(pictures == [files[index] for index in range(count)], "PNGs are those of the data set")


def main(digitgen, work, count):
    partition_size = max(1, count // 10)
    images, labels = arrays(digitgen, work / "npy", count)
    submit(digitgen, work / "whole", count, partition_size)
    expect_equal(work / "whole", images, labels)
    print(f"check spark: {count} images in {len(parts(work / 'whole'))} files match those of one machine")

    few = min(count, 20_000)
    configuration = SparkConf().setMaster(CLUSTER).setAppName("check-spark").setAll(SETTINGS.items())
    with SparkContext(conf=configuration) as context:
        context.addPyFile(str(EXAMPLES / "spark_dataset.py"))

        def make(folder, program, **changes):
            fields = {
                "count": count, "seed": SEED, "digits": "0123456789", "format": "raw",
                "partition_size": partition_size, **changes,
            }
            return spark_dataset.make(
                context, spark_dataset.Plan(**fields), spark_dataset.Output(str(folder)), program)

        check_resuming(make, digitgen, work / "whole", work, images, labels, partition_size)
        print("check spark: an interrupted job resumes with the missing files")
        check_failing(
            lambda folder, program: make(folder, program, count=few, partition_size=few // 4), digitgen, work,
            images[:few], labels[:few])
        print("check spark: a failing digitgen is detected and retried, and leaves nothing")
        check_pictures(make, digitgen, work)
        print("check spark: PNGs match those of one machine")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

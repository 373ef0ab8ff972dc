"""Makes labelled lines with digitgen and reads them as trainers do.

Every reader gets the same texts, and every box is compared with the picture: with distances that keep characters apart,
the ink in the columns of a character's box must reach its four edges.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import datasets
import lmdb
import numpy
import pandas
import webdataset
import yaml
from PIL import Image
from pycocotools.coco import COCO

PATTERN = "#{1,3},###.## (#)"
# Nothing touches, and boxes of neighbours do not overlap.
APART = ["--touch", "0", "--spacing", "80", "--height", "40"]


class Check:
    def __init__(self, digitgen, work, count):
        self.digitgen, self.work, self.count = digitgen, Path(work), count
        self.texts = self.lines_of("txt")

    def make(self, labels, *options):
        """Makes a data set and returns its folder."""
        folder = self.work / "-".join([labels, *(option.strip("-") for option in options)])
        command = [self.digitgen, "dataset", "--pattern", PATTERN, "--count", str(self.count), "--seed", "1"]
        command += APART + (["--format", "tar"] if labels == "tar" else ["--labels", labels])
        subprocess.run([*command, "-o", folder, *options], check=True)
        return folder

    def lines_of(self, labels, name="gt.txt"):
        """The texts of a file with a tabulator between picture and text, by picture."""
        folder = self.make(labels)
        rows = [line.split("\t") for line in (folder / name).read_text().splitlines()]
        for picture, _ in rows:
            Image.open(folder / picture).verify()
        return {Path(picture).stem: text for picture, text in rows}

    def expect(self, texts, what):
        assert dict(texts) == self.texts, f"{what}: other texts"
        print(f"{what}: {len(self.texts)} texts")

    def jsonl(self):
        folder = self.make("jsonl")
        rows = datasets.load_dataset(str(folder), split="train")
        names = [Path(json.loads(line)["file_name"]).stem for line in (folder / "metadata.jsonl").open()]
        assert len(rows) == len(names) == self.count
        self.expect(zip(names, rows["text"]), "datasets.load_dataset")
        for row in rows:
            expect_tight(numpy.asarray(row["image"]), row["boxes"])
        print(f"datasets.load_dataset: {sum(len(boxes) for boxes in rows['boxes'])} tight boxes")

    def split(self):
        folder = self.make("jsonl", "--split", "0.8,0.1,0.1")
        parts = datasets.load_dataset(str(folder))
        sizes = {name: len(rows) for name, rows in parts.items()}
        assert set(sizes) == {"train", "validation", "test"} and sum(sizes.values()) == self.count, sizes
        print(f"datasets.load_dataset, divided: {sizes}")

    def coco(self):
        folder = self.make("coco")
        with contextlib.redirect_stdout(io.StringIO()):
            coco = COCO(folder / "annotations.json")
        names = {category["id"]: category["name"] for category in coco.loadCats(coco.getCatIds())}
        texts = {}
        for image in coco.loadImgs(coco.getImgIds()):
            boxes = coco.loadAnns(coco.getAnnIds(imgIds=image["id"]))
            read = "".join(names[box["category_id"]] for box in boxes)
            assert read == image["text"].replace(" ", "")
            picture = numpy.asarray(Image.open(folder / "images" / image["file_name"]))
            assert picture.shape == (image["height"], image["width"])
            expect_tight(picture, [box["bbox"] for box in boxes])
            texts[Path(image["file_name"]).stem] = image["text"]
        self.expect(texts, "pycocotools")

    def yolo(self):
        folder = self.make("yolo")
        names = yaml.safe_load((folder / "data.yaml").read_text())["names"]
        texts = {}
        for path in sorted((folder / "labels/train").iterdir()):
            picture = numpy.asarray(Image.open(folder / "images/train" / f"{path.stem}.png"))
            height, width = picture.shape
            rows = [line.split() for line in path.read_text().splitlines()]
            boxes = []
            for _, x, y, w, h in rows:
                w, h = float(w) * width, float(h) * height
                boxes.append([round(float(x) * width - w / 2), round(float(y) * height - h / 2), round(w), round(h)])
            expect_tight(picture, boxes)
            texts[path.stem] = "".join(names[int(row[0])] for row in rows)
        assert texts == {name: text.replace(" ", "") for name, text in self.texts.items()}
        print(f"YOLO: {len(texts)} files of tight boxes")

    def csv(self):
        folder = self.make("csv")
        table = pandas.read_csv(folder / "labels.csv", keep_default_na=False, dtype=str)
        assert all((folder / name).exists() for name in table["filename"])
        self.expect(((Path(name).stem, text) for name, text in table[["filename", "text"]].values), "pandas")

    def easyocr(self):
        """As EasyOCR's trainer/dataset.py reads it."""
        folder = self.make("easyocr")
        table = pandas.read_csv(
            folder / "labels.csv", sep="^([^,]+),", engine="python", usecols=["filename", "words"],
            keep_default_na=False, dtype=str)
        assert all((folder / name).exists() for name in table["filename"])
        self.expect(((Path(name).stem, words) for name, words in table.values), "EasyOCR's reader")

    def paddle(self):
        """As PaddleOCR's ppocr/data/simple_dataset.py reads it: root, path, tabulator, text."""
        self.expect(self.lines_of("paddle", "rec_gt_train.txt"), "PaddleOCR's format")

    def doctr(self):
        """As docTR's RecognitionDataset reads it: labels.json beside images."""
        folder = self.make("doctr")
        labels = json.loads((folder / "labels.json").read_text())
        assert all((folder / "images" / name).exists() for name in labels)
        self.expect(((Path(name).stem, text) for name, text in labels.items()), "docTR's format")

    def lmdb(self):
        """As deep-text-recognition-benchmark's create_lmdb_dataset.py makes it and PARSeq reads it."""
        folder = self.make("txt", "--invert")
        with lmdb.open(str(self.work / "lmdb"), map_size=1 << 30) as environment:
            with environment.begin(write=True) as transaction:
                for number, line in enumerate((folder / "gt.txt").open(), 1):
                    path, label = line.strip("\n").split("\t")
                    transaction.put(b"image-%09d" % number, (folder / path).read_bytes())
                    transaction.put(b"label-%09d" % number, label.encode())
            with environment.begin() as transaction:
                labels = [transaction.get(b"label-%09d" % (number + 1)).decode() for number in range(self.count)]
        self.expect(zip(self.texts, labels), "LMDB")

    def tesseract(self):
        folder = self.make("tesseract", "--invert")
        texts = {}
        for path in sorted(folder.glob("*.gt.txt")):
            name = path.name.removesuffix(".gt.txt")
            texts[name] = path.read_text().strip("\n")
            height = Image.open(folder / f"{name}.png").height
            read = ""
            for line in (folder / f"{name}.box").read_text().splitlines():
                character, numbers = line[0], [int(number) for number in line[2:].split()]
                left, bottom, right, top, page = numbers
                assert 0 <= left < right and 0 <= bottom < top <= height and page == 0
                read += character
            assert read == texts[name] + "\t", (read, texts[name])
        self.expect(texts, "Tesseract's files")

    def tar(self):
        folder = self.make("tar")
        samples = list(webdataset.WebDataset(str(folder / "lines.tar"), shardshuffle=False).decode("l8"))
        for sample in samples:
            expect_tight(sample["png"], sample["json"]["boxes"])
        self.expect(((sample["__key__"], sample["txt"]) for sample in samples), "webdataset")

    def rates(self):
        count = 20 * self.count
        lines = ["--pattern", "#####", "--count", str(count), "--height", "32", "--seed", "1"]
        arrays = [self.digitgen, *lines, "--across", "256", "--format", "raw", "-o", "/dev/null"]
        archive = [self.digitgen, "dataset", *lines, "--format", "tar", "-o", "/dev/null"]
        for name, command in [("raw", arrays), ("PNG files in tar", archive)]:
            start, before = time.monotonic(), os.times()
            subprocess.run(command, check=True)
            after = os.times()
            processor = after.children_user + after.children_system - before.children_user - before.children_system
            seconds = time.monotonic() - start
            print(f"{name}: {count / seconds:,.0f} lines a second, {count / processor:,.0f} a second of processor time")


def expect_tight(picture, boxes):
    """Expects ink at the four edges of each box."""
    if picture.ndim == 3:
        picture = picture[..., 0]
    for x, y, width, height in boxes:
        ink = picture[y : y + height, x : x + width] > 0
        assert ink.shape == (height, width), (picture.shape, (x, y, width, height))
        assert ink[0].any() and ink[-1].any() and ink[:, 0].any() and ink[:, -1].any(), (x, y, width, height)


def main():
    digitgen, work, count = sys.argv[1:]
    datasets.disable_progress_bars()
    check = Check(digitgen, work, int(count))
    for part in ["jsonl", "split", "coco", "yolo", "csv", "easyocr", "paddle", "doctr", "lmdb", "tesseract", "tar", "rates"]:
        getattr(check, part)()


main()

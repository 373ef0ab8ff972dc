import base64
import json
import subprocess

import digitgen
import numpy
import pytest


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("90210", {}),
        ("555-1234", {"height": 32, "style": 7, "first": 3}),
        ("(1) + 2,5/6: 7.0", {"height": 64, "spacing": 60, "slope": 10, "touch": 0, "wander": 20, "margin": 9}),
        ("1", {"across": 300, "ink": 0, "paper": 200, "boxes": True, "vary": 0.25}),
        ("-", {"height": 16}),
    ])
def test_a_line_is_that_of_the_protocol(program, text, options):
    request = {"id": 1, "text": text, "seed": 5, "format": "raw", **options}
    output = subprocess.run([program, "serve"], input=json.dumps(request).encode(), capture_output=True, check=True).stdout
    reply = json.loads(output)
    line = digitgen.line(text, seed=5, **options)
    assert line.image.dtype == numpy.uint8 and line.image.shape == (reply["height"], reply["width"])
    assert line.image.tobytes() == base64.b64decode(reply["data"])
    assert line.text == reply["text"] and line.boxes.tolist() == reply["boxes"]


def test_a_line_is_that_of_the_program(raw):
    lines = [digitgen.line("12.50", seed=3, first=index, height=32, across=160).image for index in range(4, 6)]
    expected = raw("12.50", "--seed", 3, "--first", 4, "--count", 2, "--height", 32, "--across", 160)
    assert numpy.array_equal(numpy.stack(lines).ravel(), expected)


def test_boxes_are_tight_around_the_ink():
    image, text, boxes = digitgen.line(" 8 0,1 ", seed=2, touch=0, spacing=60)
    assert text == "8 0,1" and boxes.shape == (4, 4) and boxes.dtype == numpy.int32
    for x, y, width, height in boxes:
        ink = image[y:y + height, x:x + width] > 0
        assert ink.shape == (height, width)
        assert ink[0].any() and ink[-1].any() and ink[:, 0].any() and ink[:, -1].any()


def test_the_widest_lines_fit():
    line = digitgen.line("0" * 100, height=16, spacing=200, slope=0, wander=0, seed=1)
    assert line.image.shape[1] > 16 * 101 and len(line.boxes) == 100


def test_a_seed_is_told():
    image = digitgen.line("5").image
    assert numpy.array_equal(digitgen.line("5", seed=image.seed).image, image)


def test_a_notebook_shows_the_picture():
    assert digitgen.line("5", seed=1)._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: digitgen.line("12 EUR"), ValueError, "'E' at position 4"),
        (lambda: digitgen.line(""), ValueError, "empty"),
        (lambda: digitgen.line("1" * 101), ValueError, "at most 100"),
        (lambda: digitgen.line("1\0"), ValueError, "null character"),
        (lambda: digitgen.line("1\udcff"), ValueError, "position 2"),
        (lambda: digitgen.line(12), TypeError, "string, not int"),
        (lambda: digitgen.line("1", height=8), ValueError, "height must be 16…1024"),
        (lambda: digitgen.line("1", height=2**40), ValueError, "height must be"),
        (lambda: digitgen.line("1", height=2.5), TypeError, "height must be a whole number"),
        (lambda: digitgen.line("1", margin=30), ValueError, "margin must be"),
        (lambda: digitgen.line("1", across=0), ValueError, "across must be"),
        (lambda: digitgen.line("1234567890", across=48), ValueError, "greater across"),
        (lambda: digitgen.line("1", ink=0), ValueError, "different levels"),
        (lambda: digitgen.line("1", vary=2), ValueError, "vary must be"),
        (lambda: digitgen.line("1", first=2**60), ValueError, "first must be"),
        (lambda: digitgen.line("1", model="cdcgan"), ValueError, "ink"),
    ])
def test_errors_are_clear(call, error, words):
    with pytest.raises(error, match=words) as raised:
        call()
    # A mistake in the request is not a `BundleError`.
    assert raised.type is error


def test_a_picture_keeps_no_more_memory_than_its_pixels():
    picture = digitgen.line("7", height=256, seed=1).image
    owner = picture
    while isinstance(owner.base, numpy.ndarray):
        owner = owner.base
    assert owner.nbytes == picture.nbytes

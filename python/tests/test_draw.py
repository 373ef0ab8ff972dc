import io
import pickle
import threading
import zlib

import digitgen
import numpy
import pytest


@pytest.mark.parametrize(
    ("digits", "options", "words"),
    [
        ("7", {"count": 16, "seed": 1}, ["7", "--count", 16, "--seed", 1]),
        (7, {"count": 3, "seed": 1}, ["7", "--count", 3, "--seed", 1]),
        ("007", {"count": 2, "seed": 2**64 - 1}, ["007", "--count", 2, "--seed", 2**64 - 1]),
        (None, {"count": 12, "seed": 4}, ["--count", 12, "--seed", 4]),
        ("42", {"seed": 1, "style": 12, "vary": 0.25}, ["42", "--seed", 1, "--style", 12, "--vary", 0.25]),
        ("777", {"seed": 1, "vary": 0.0}, ["777", "--seed", 1, "--vary", 0]),
        ("777", {"seed": 1, "style": 3}, ["777", "--seed", 1, "--style", 3]),
        ("3", {"seed": 1, "model": "cgan"}, ["3", "--seed", 1, "--model", "cgan"]),
        ("3", {"seed": 1, "model": "ink", "size": 56}, ["3", "--seed", 1, "--model", "ink", "--size", 56]),
        ("3", {"seed": 1, "model": "ink", "finish": "ink"}, ["3", "--seed", 1, "--model", "ink", "--finish", "ink"]),
        (None, {"count": 2, "seed": 1, "model": "gan"}, ["--count", 2, "--seed", 1, "--model", "gan"]),
        ("42", {"count": 2, "seed": 1, "diverse": True}, ["42", "--count", 2, "--seed", 1, "--diverse"]),
        ("42", {"count": 3, "seed": 1, "slant": 10, "thickness": (0.1, 0.13)},
         ["42", "--count", 3, "--seed", 1, "--slant", 10, "--thickness", "0.1:0.13"]),
        (None, {"count": 10, "seed": 1, "width": (0.6, 0.8)}, ["--count", 10, "--seed", 1, "--width", "0.6:0.8"]),
    ])
def test_the_pixels_are_those_of_the_program(raw, digits, options, words):
    images = digitgen.draw(digits, **options)
    assert images.dtype == numpy.uint8 and images.shape[0] == options.get("count", 1)
    assert numpy.array_equal(images.ravel(), raw(*words))


def test_parts_and_labels_are_the_images_of_the_whole():
    whole = digitgen.draw(count=300, seed=9)
    assert numpy.array_equal(digitgen.draw(count=5, seed=9, first=40), whole[40:45])
    labels = numpy.arange(300) % 10
    assert numpy.array_equal(digitgen.draw(labels, seed=9, threads=2), whole)
    assert numpy.array_equal(digitgen.draw(list(range(10)), seed=9), whole[:10])


def test_labels_keep_the_style_that_is_asked_for():
    labels = numpy.arange(20) % 10
    turns = digitgen.draw(count=20, seed=9, slant=(0, 10), diverse=True)
    assert numpy.array_equal(digitgen.draw(labels, seed=9, slant=(0, 10), diverse=True), turns)


def test_a_hand_is_found_that_draws_alike():
    given = digitgen.draw("25047", seed=3, style=77)[0].reshape(28, 5, 28).swapaxes(0, 1)
    style = digitgen.find_hand(given, "25047")
    assert digitgen.find_hand(given, [2, 5, 0, 4, 7]) == style
    assert 0 <= digitgen.find_hand(given[0]) < 16384
    again = digitgen.draw("25047", seed=5, style=style)[0].astype(float)
    other = digitgen.draw("25047", seed=5, style=style + 1)[0].astype(float)
    whole = given.swapaxes(0, 1).reshape(28, 140)
    assert abs(again - whole).mean() < abs(other - whole).mean()


def test_a_seed_is_told():
    images = digitgen.draw("5", count=2)
    assert numpy.array_equal(digitgen.draw("5", count=2, seed=images.seed), images)


def test_numbers_are_images_of_their_requests():
    numbers = digitgen.numbers(["7", "007", 42], seed=1)
    assert [number.shape for number in numbers] == [(28, 28), (28, 84), (28, 56)]
    assert numpy.array_equal(numbers[1], digitgen.draw("007", seed=1, first=1)[0])


def test_models_are_listed_and_pickled():
    models = digitgen.models()
    assert models[0].name == "ink" and models[0].conditional and len(models[0].sha256) == 64
    assert {model.name for model in models if model.ink} == {"ink"}
    again = pickle.loads(pickle.dumps(models[1]))
    assert numpy.array_equal(again.draw("7", seed=1), models[1].draw("7", seed=1))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: digitgen.draw(""), ValueError, "invalid digits"),
        (lambda: digitgen.draw("7\0"), ValueError, "null character"),
        (lambda: digitgen.draw("\ud800"), ValueError, "invalid digits"),
        (lambda: digitgen.draw("7" * 65), ValueError, "at most 64"),
        (lambda: digitgen.draw("7", 0), ValueError, "count must be"),
        (lambda: digitgen.draw("7", 2**40), ValueError, "count must be"),
        (lambda: digitgen.draw("7", 2.5), TypeError, "count must be a whole number"),
        (lambda: digitgen.draw("7", seed=-1), ValueError, "seed must be"),
        (lambda: digitgen.draw("7", seed=2**64), ValueError, "seed must be"),
        (lambda: digitgen.draw("7", first=2**60), ValueError, "first must be"),
        (lambda: digitgen.draw("7", vary=0.5, model="cdcgan"), ValueError, "vary needs style"),
        (lambda: digitgen.draw("7", vary=float("nan"), style=1), ValueError, "vary must be"),
        (lambda: digitgen.draw("7", size=56, model="cdcgan"), ValueError, "draws no ink"),
        (lambda: digitgen.draw("7", slant=90), ValueError, "slant"),
        (lambda: digitgen.draw("7", slant=(20, 0)), ValueError, "slant"),
        (lambda: digitgen.draw("7", width=(1, 2, 3)), ValueError, "a number or two"),
        (lambda: digitgen.draw("7", width=float("nan")), ValueError, "finite"),
        (lambda: digitgen.draw(slant=5, model="gan"), ValueError, "style"),
        (lambda: digitgen.find_hand(numpy.zeros((2, 28, 28), numpy.uint8)), ValueError, "ink"),
        (lambda: digitgen.find_hand(numpy.zeros((2, 20, 28), numpy.uint8)), ValueError, "uint8"),
        (lambda: digitgen.find_hand(numpy.ones((2, 28, 28), numpy.uint8), "7"), ValueError, "1 digits for 2"),
        (lambda: digitgen.find_hand(numpy.ones((28, 28), numpy.uint8), model="cgan"), ValueError, "style"),
        (lambda: digitgen.draw("7", finish="pencil"), ValueError, "unknown finish"),
        (lambda: digitgen.draw(42), ValueError, "as a string"),
        (lambda: digitgen.draw([3, 10]), ValueError, "from 0 to 9"),
        (lambda: digitgen.draw([]), ValueError, "no labels"),
        (lambda: digitgen.draw([1.5]), TypeError, "whole numbers"),
        (lambda: digitgen.draw([3], 2), ValueError, "omit count"),
        (lambda: digitgen.draw("7", model="picasso"), ValueError, "unknown model"),
        (lambda: digitgen.draw("7", model="gan"), ValueError, "unconditional"),
        (lambda: digitgen.Model("/nonexistent.zst"), OSError, "/nonexistent.zst"),
        (lambda: digitgen.Model("/x\0.zst"), ValueError, "null character"),
        (lambda: digitgen.Model(7), TypeError, "not int"),
        (lambda: digitgen.keras_mnist(count=6), ValueError, "total must be"),
    ])
def test_errors_are_clear(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_file_that_is_no_bundle_is_an_error(tmp_path):
    path = tmp_path / "bad.safetensors.zst"
    path.write_bytes(b"not a bundle")
    with pytest.raises(digitgen.BundleError, match="bad.safetensors.zst"):
        digitgen.Model(path)


def test_keras_mnist_is_the_program_s_data_set(command, tmp_path):
    command("dataset", "--format", "npz", "--count", 70, "--seed", 3, "-o", tmp_path / "set")
    expected = numpy.load(tmp_path / "set" / "mnist.npz")
    (x_train, y_train), (x_test, y_test) = digitgen.keras_mnist(seed=3, count=70)
    assert x_train.shape == (60, 28, 28) and y_test.shape == (10,)
    for name, array in {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}.items():
        assert numpy.array_equal(expected[name], array), name


def test_a_notebook_shows_a_grid():
    images = digitgen.draw("7", count=5, seed=1)
    picture = images._repr_png_()
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[start:start + 4], "big") for start in (16, 20))
    assert (width, height) == (56, 84)
    content = zlib.decompress(picture[41:picture.index(b"IEND") - 8])
    lines = numpy.frombuffer(content, numpy.uint8).reshape(84, 57)
    assert numpy.array_equal(lines[:28, 29:], images[1]) and not lines[:, 0].any()
    assert images[0]._repr_png_() and (images / 255)._repr_png_() is None and images[:0]._repr_png_() is None


def test_arrays_survive_numpy():
    images = digitgen.draw("7", count=2, seed=1)
    buffer = io.BytesIO()
    numpy.save(buffer, images)
    buffer.seek(0)
    assert numpy.array_equal(numpy.load(buffer), images)
    assert images[0].seed == 1


def test_several_threads_draw_at_once():
    expected = digitgen.draw("5", count=200, seed=2)
    results = [None] * 4

    def run(place):
        results[place] = digitgen.draw("5", count=200, seed=2)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(numpy.array_equal(result, expected) for result in results)

import io

import numpy
import pytest

pytest.importorskip("pyarrow")

import digitgen  # noqa: E402
import digitgen.parquet  # noqa: E402
import pyarrow.parquet  # noqa: E402


def test_the_rows_are_those_of_keras_mnist(tmp_path):
    digitgen.parquet.write(tmp_path / "set", 70, seed=3)
    assert sorted(path.name for path in (tmp_path / "set").iterdir()) == ["README.md", "test.parquet", "train.parquet"]
    (_, y_train), (x_test, _) = digitgen.keras_mnist(count=70, seed=3)
    train = pyarrow.parquet.read_table(tmp_path / "set" / "train.parquet")
    assert train["label"].to_pylist() == y_train.tolist()
    assert "\n- mnist\n" in (tmp_path / "set" / "README.md").read_text()
    image = pytest.importorskip("PIL.Image")
    rows = pyarrow.parquet.read_table(tmp_path / "set" / "test.parquet")["image"].to_pylist()
    for row, expected in zip(rows, x_test, strict=True):
        assert numpy.array_equal(image.open(io.BytesIO(row["bytes"])), expected)


def test_a_folder_with_files_is_kept(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(FileExistsError, match="not empty"):
        digitgen.parquet.write(tmp_path, 70)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_lines_have_texts_and_boxes(tmp_path):
    texts = ["12.50", "1,204.00", "(7)"]
    digitgen.parquet.write_lines(tmp_path / "set", iter(texts), seed=3, height=32, vary=0.5)
    rows = pyarrow.parquet.read_table(tmp_path / "set" / "train.parquet").to_pylist()
    assert [row["text"] for row in rows] == texts
    assert "mnist" not in (tmp_path / "set" / "README.md").read_text()
    image = pytest.importorskip("PIL.Image")
    for index, row in enumerate(rows):
        line = digitgen.line(texts[index], seed=3, first=index, height=32, vary=0.5)
        assert row["boxes"] == line.boxes.tolist()
        assert numpy.array_equal(image.open(io.BytesIO(row["image"]["bytes"])), line.image)


def test_a_text_that_cannot_be_drawn_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="position 1"):
        digitgen.parquet.write_lines(tmp_path, ["1", "x"])
    assert not list(tmp_path.iterdir())


def test_one_string_is_not_a_list_of_texts(tmp_path):
    with pytest.raises(TypeError, match="not one string"):
        digitgen.parquet.write_lines(tmp_path / "set", "12.50")
    assert not list(tmp_path.iterdir())


def test_lines_are_written_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(digitgen.parquet, "_ROWS", 2)
    digitgen.parquet.write_lines(tmp_path, ["1", "2", "3"], seed=1)
    table = pyarrow.parquet.ParquetFile(tmp_path / "train.parquet")
    assert table.num_row_groups == 2
    rows = table.read().to_pylist()
    assert [(row["text"], row["image"]["path"]) for row in rows] == [
        ("1", "00000000.png"), ("2", "00000001.png"), ("3", "00000002.png")]

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
    image = pytest.importorskip("PIL.Image")
    rows = pyarrow.parquet.read_table(tmp_path / "set" / "test.parquet")["image"].to_pylist()
    for row, expected in zip(rows, x_test, strict=True):
        assert numpy.array_equal(image.open(io.BytesIO(row["bytes"])), expected)


def test_a_folder_with_files_is_kept(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(FileExistsError, match="not empty"):
        digitgen.parquet.write(tmp_path, 70)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]

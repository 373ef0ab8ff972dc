import numpy
import pytest

torch = pytest.importorskip("torch")

import digitgen  # noqa: E402
from digitgen.torch import MNIST, Digits  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402


def batches(workers, batched=False, **options):
    data = Digits(count=200, seed=3, block=16, batch_size=16 if batched else None, **options)
    return list(DataLoader(data, batch_size=None if batched else 16, num_workers=workers))


def equal(left, right):
    return len(left) == len(right) and all(
        torch.equal(first[0], second[0]) and torch.equal(first[1], second[1]) for first, second in zip(left, right))


@pytest.mark.filterwarnings("ignore:This DataLoader will create")
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_batches_do_not_depend_on_the_number_of_workers(workers):
    expected = batches(0)
    assert len(expected) == 13 and expected[0][0].shape == (16, 1, 28, 28)
    assert equal(batches(workers), expected) and equal(batches(workers, batched=True), expected)


def test_a_sample_is_the_image_of_its_index():
    image, label = list(Digits(count=30, seed=3))[21]
    drawn = digitgen.draw([label], seed=3, first=21)[0]
    assert image.dtype == torch.float32 and numpy.array_equal((image[0] * 255).round().numpy(), drawn)


def test_ranks_share_the_samples():
    whole = list(Digits(count=100, block=8))
    parts = [Digits(count=100, block=8, rank=rank, world_size=3) for rank in range(3)]
    assert sum(len(list(part)) for part in parts) == 100 == sum(len(part) for part in parts)
    assert torch.equal(next(iter(parts[1]))[0], whole[8][0])


def test_samples_resume():
    rest = Digits(count=40, seed=1, start=25)
    assert equal([(image[None], torch.tensor(label)) for image, label in rest],
                 [(image[None], torch.tensor(label)) for image, label in list(Digits(count=40, seed=1))[25:]])
    other = Digits(count=40)
    other.load_state_dict(rest.state_dict())
    assert len(other) == len(rest) == 15


def test_labels_are_balanced_and_chosen():
    labels = Digits("38", seed=1).labels(0, 100)
    assert (labels == 3).sum() == 50 and set(labels) == {3, 8}
    assert list(Digits("38", shuffle=False).labels(1, 3)) == [8, 3, 8]


@pytest.mark.parametrize("options", [{"digits": ""}, {"count": -1}, {"block": 0}, {"rank": 1}, {"rank": 2, "world_size": 2}])
def test_errors(options):
    with pytest.raises(ValueError):
        Digits(**options)


def test_mnist_stands_in_for_torchvision_s():
    train, test = MNIST("ignored", count=70, seed=3), MNIST(train=False, count=70, seed=3)
    (x_train, y_train), (x_test, y_test) = digitgen.keras_mnist(count=70, seed=3)
    assert numpy.array_equal(train.data, x_train) and numpy.array_equal(train.targets, y_train)
    assert numpy.array_equal(test.data, x_test) and numpy.array_equal(test.targets, y_test)
    assert train.targets.dtype == torch.int64 and len(test) == 10 and test.class_to_idx["0 - zero"] == 0
    pytest.importorskip("PIL")
    image, label = MNIST(train=False, count=70, seed=3, target_transform=str)[4]
    assert image.size == (28, 28) and image.mode == "L" and label == str(y_test[4])

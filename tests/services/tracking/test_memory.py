"""Remember for a while, and not too much."""

from services.tracking.cache import ShortMemory


def test_memory_lets_the_oldest_go() -> None:
    memory: ShortMemory[int] = ShortMemory(lambda: 0.0, most=2)
    for number in (1, 2, 1, 3):
        memory.keep(str(number), number)
    assert [memory.find(key) for key in ("1", "2", "3")] == [(1,), None, (3,)]

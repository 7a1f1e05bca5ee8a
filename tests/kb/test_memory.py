"""What keeps a long-running process small and quick."""

import gc

from kb.memory import settle


def test_what_is_held_is_spared_by_the_garbage_collector():
    held = [[number] for number in range(1000)]
    try:
        settle()
        assert gc.get_freeze_count() >= len(held)
        assert not any(one is held for one in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(one is held for one in gc.get_objects())

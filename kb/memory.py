"""Keeping a long-running process small where the C library is glibc."""

import ctypes
import gc

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024


def keep_small() -> bool:
    """Share two heaps between all threads, and give freed blocks of 128 KB and more back.

    glibc otherwise keeps a heap for every thread, and each holds on to what its thread once
    needed: publishing in a server then doubles its memory. See mallopt(3). Call it before threads
    are started.

    Returns:
        Whether the C library took it.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    wanted = ((_M_ARENA_MAX, 2), (_M_TRIM_THRESHOLD, _LARGE), (_M_MMAP_THRESHOLD, _LARGE))
    taken = [mallopt(name, value) == 1 for name, value in wanted]
    return all(taken)


def give_back() -> None:
    """Give the C library's freed memory back to the system, after what needed much of it once."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return


def settle() -> None:
    """Spare the garbage collector what is held for good, after what builds much to keep.

    A collection otherwise goes over all of it every now and then, which takes longer than an edit
    costs. See gc.freeze.
    """
    gc.collect()
    gc.freeze()

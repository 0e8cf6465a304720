"""What the reader of a fax or scan gives up before it takes the first byte: for good, by itself.

The limits are set in the reader and not by who starts it: a window with several threads may not
run code of its own between the birth of a process and its program.
"""

from __future__ import annotations

import ctypes
import sys

if sys.platform != "win32":
    import os
    import resource


class JobLimits(ctypes.Structure):
    """Windows' JOBOBJECT_EXTENDED_LIMIT_INFORMATION, with its two inner tables laid open."""

    _fields_ = (
        ("process_time", ctypes.c_int64),  # in 100 ns
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("working_set", ctypes.c_size_t * 2),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("classes", ctypes.c_uint32 * 2),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_memory", ctypes.c_size_t * 2),
    )


if sys.platform == "win32":

    def confine(cpu_seconds: int, memory_bytes: int) -> None:
        """Go alone into a job that ends this process at its limits. Raises OSError.

        A job bounds time, memory and further processes. It does not keep files and network away:
        that would need a token of its own.
        """
        # time of the process, number of processes, memory of the process, no crash window
        flags = 0x2 | 0x8 | 0x100 | 0x400
        limits = JobLimits(process_time=cpu_seconds * 10_000_000, flags=flags)
        limits.processes, limits.process_memory = 1, memory_bytes
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        me = ctypes.c_void_p(kernel.GetCurrentProcess())
        told = (9, ctypes.byref(limits), ctypes.sizeof(limits))  # 9: these are extended limits
        is_set = kernel.SetInformationJobObject(job, *told)
        if not is_set or not kernel.AssignProcessToJobObject(job, me):
            raise ctypes.WinError(ctypes.get_last_error())
else:

    def confine(cpu_seconds: int, memory_bytes: int) -> None:
        """Give up everything but three pipes, some memory and some time; there is no way back.

        Raises OSError or ValueError where the system refuses one of the limits.
        """
        os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        not_dumpable = (4, 0, 0, 0, 0)  # the system's crash reports get no picture of the order
        if sys.platform == "linux" and ctypes.CDLL(None).prctl(*not_dumpable):
            raise OSError
        _lower(resource.RLIMIT_CPU, cpu_seconds, spare=1)  # the first second too many tells why
        if sys.platform != "darwin":  # there the system knows this limit but does not keep it
            _lower(resource.RLIMIT_AS, memory_bytes)
        for none_at_all in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            _lower(none_at_all, 0)
        # No number is left for a fourth: no file, no socket, nothing can be opened any more.
        _lower(resource.RLIMIT_NOFILE, 3)

    def _lower(what: int, most: int, spare: int = 0) -> None:
        """Lower a limit for good; one that is lower already stays."""
        held = resource.getrlimit(what)[1]
        hard = most + spare if held == resource.RLIM_INFINITY else min(most + spare, held)
        resource.setrlimit(what, (min(most, hard), hard))

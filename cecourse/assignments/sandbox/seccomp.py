"""Linux system calls that Python does not offer: namespaces, capabilities and a seccomp filter.

Imports nothing of the course; stands beside `worker.py` in the sandbox."""

import ctypes
import os
import sys

CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
CAPABILITIES_VERSION_3 = 0x20080522
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2

# System calls that no answer needs, with their numbers on x86-64 and on 64-bit ARM (None: not there). They
# start processes, or use memory that the limits of a process do not count, or reach outside the sandbox.
FORBIDDEN = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "fsopen": (430, 430),
    "open_tree": (428, 428),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}  # as seccomp calls it, column

# The instructions of a seccomp filter: load a word, compare it (two kinds), return.
LOAD, IF_EQUAL, IF_AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
ALLOW, NOT_PERMITTED = 0x7FFF0000, 0x00050001
NUMBER, ARCHITECTURE = 0, 4  # offsets in the data that the filter gets
ANOTHER_TABLE = 0x40000000  # from this number on, x86-64 has the same calls again (the x32 interface)


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8))
    _fields_ += (("value", ctypes.c_uint32),)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


def library():
    """The system's C library."""
    return ctypes.CDLL(None, use_errno=True)


def new_namespaces(libc):
    """For processes forked from now on: no other process is visible, no network, no shared memory."""
    _check(libc.unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET))


def drop_capabilities(libc):
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()))


def forbid_calls(libc):
    """Refuse the system calls above from now on, where their numbers are known; this cannot be undone."""
    machine = os.uname().machine
    if sys.platform != "linux" or machine not in ARCHITECTURES:
        return
    instructions = _filter(*ARCHITECTURES[machine])
    program = _Program(len(instructions), (_Instruction * len(instructions))(*instructions))
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0))


def _filter(architecture, column):
    numbers = [row[column] for row in FORBIDDEN.values() if row[column] is not None]
    tests = [(IF_AT_LEAST, ANOTHER_TABLE), *((IF_EQUAL, number) for number in numbers)]
    refuse = len(tests) + 1  # counted from the first test: past the others and past ALLOW
    return [
        _Instruction(LOAD, 0, 0, ARCHITECTURE),
        _Instruction(IF_EQUAL, 0, refuse + 1, architecture),
        _Instruction(LOAD, 0, 0, NUMBER),
        *(_Instruction(code, refuse - place - 1, 0, value) for place, (code, value) in enumerate(tests)),
        _Instruction(ANSWER, 0, 0, ALLOW),
        _Instruction(ANSWER, 0, 0, NOT_PERMITTED),
    ]


def _check(result):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))

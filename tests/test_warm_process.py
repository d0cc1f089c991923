"""A warm kernel's process from outside: waiting, signals, and which commands it may stand in for."""

import asyncio
import os
import subprocess
import sys
import threading

import pytest

from course.warm_process import WarmProcess, readable, wait_readable, warm_kernel

COMMAND = [sys.executable, "-m", "ipykernel_launcher", "-f", "kernel.json"]


def test_a_descriptor_is_waited_for_by_two_at_once_and_no_longer_than_asked():
    reader, writer = os.pipe()

    async def both() -> list[bool]:
        asyncio.get_running_loop().call_soon(os.write, writer, b"x")
        return await asyncio.gather(readable(reader, 5), readable(reader, 5))

    assert not asyncio.run(readable(reader, 0.01))
    assert not wait_readable(reader, 0.01)
    assert asyncio.run(both()) == [True, True]
    assert wait_readable(reader, None)
    os.close(reader)
    os.close(writer)


def test_the_code_that_the_forkserver_sends_is_read_once_whoever_asks():
    sentinel, writer = os.pipe()
    process = WarmProcess(os.getpid(), sentinel)
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.01)
    codes: list[int] = []
    threads = [threading.Thread(target=lambda: codes.append(process.wait(5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    os.write(writer, (-9).to_bytes(8, sys.byteorder, signed=True))
    os.close(writer)
    for thread in threads:
        thread.join()
    assert codes == [-9] * 4
    process.kill()  # of one that has ended: nothing is sent, least of all to this process


def test_when_the_forkserver_is_gone_its_kernels_were_killed():
    sentinel, writer = os.pipe()
    os.close(writer)
    assert WarmProcess(os.getpid(), sentinel).wait(5) == -9


def test_only_this_pythons_ipykernel_in_a_folder_that_is_there_is_forked(tmp_path):
    assert warm_kernel(COMMAND, {}, str(tmp_path), 0).folder == str(tmp_path)
    assert warm_kernel(COMMAND, {}, str(tmp_path / "gone"), 0) is None
    assert warm_kernel(["/usr/bin/python3", *COMMAND[1:]], {}, str(tmp_path), 0) is None
    assert warm_kernel([sys.executable, "-X", "dev", *COMMAND[1:]], {}, str(tmp_path), 0) is None
    assert warm_kernel([sys.executable, "-m", "irkernel", "-f", "kernel.json"], {}, str(tmp_path), 0) is None

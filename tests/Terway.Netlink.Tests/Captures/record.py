#!/usr/bin/env python3
"""Records what commands say to the kernel and hear from it. Run as root: record.py [commands.txt] prints captures.txt,
record.py nft-commands.txt prints nft-captures.txt.

Each line of the file is run in one fresh network namespace, in order: NAME | TYPES | COMMAND.
TYPES are the netlink message types of the requests to keep (with their answers); without any nothing is kept.
"""
import os, re, struct, subprocess, sys

NAMESPACE = f"nlrecord{os.getpid()}"
ERROR, DONE = 2, 3


def strace(command):
    text = subprocess.run(
        ["ip", "netns", "exec", NAMESPACE, "strace", "-f", "-e", "trace=sendmsg,sendto,recvmsg", "-e", "read=all", "-e", "write=all",
         "-s", "0", "sh", "-c", "exec " + command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    direction, socket, data, chunks = None, None, None, []
    for line in text.splitlines():
        if call := re.match(r"(?:\[pid +\d+\] )?(sendmsg|sendto|recvmsg)\((\d+),.*", line):
            if data:
                chunks.append((direction, socket, bytes.fromhex(data)))
            socket = call[2]
            direction, data = (">" if call[1] != "recvmsg" else "<"), ""
            if "MSG_PEEK" in line:
                direction = "peek"
        elif dump := re.match(r" \| [0-9a-f]+  ((?:[0-9a-f]{2} ?| )+) ", line):
            data += line[10:59].replace(" ", "")
    if data:
        chunks.append((direction, socket, bytes.fromhex(data)))
    return [chunk for chunk in chunks if chunk[0] != "peek"]


def messages(chunks):
    for direction, socket, data in chunks:
        while len(data) >= 16:
            length, kind = struct.unpack_from("<IH", data)
            if length < 16:
                break
            # Each socket of a command counts its requests from the same number.
            yield direction, kind, (socket, struct.unpack_from("<I", data, 8)[0]), data[:length]
            data = data[(length + 3) & ~3:]


def record(name, types, command):
    print(f"\n[{name}] {command}")
    sequences = set()
    for direction, kind, sequence, data in messages(strace(command)):
        if direction == ">" and kind in types:
            sequences.add(sequence)
        if sequence in sequences:
            print(direction, data.hex())


def main():
    commands = os.path.join(os.path.dirname(os.path.abspath(__file__)), sys.argv[1] if len(sys.argv) > 1 else "commands.txt")
    subprocess.run(["ip", "netns", "add", NAMESPACE], check=True)
    try:
        program = "nft" if "nft" in os.path.basename(commands) else "ip"
        version = re.search(r"iproute2-[0-9.]+|nftables v[0-9.]+", subprocess.run([program, "-V"], stdout=subprocess.PIPE, text=True).stdout)[0]
        print(f"# Recorded by record.py from {os.path.basename(commands)} with {version} on Linux {os.uname().release.split('-')[0]}, {os.uname().machine}.")
        print("# '>' is what the command sent, '<' what the kernel answered, a message a line.")
        for line in open(commands):
            if not line.strip() or line.startswith("#"):
                continue
            name, types, command = (part.strip() for part in line.split("|", 2))
            if types:
                record(name, {int(t) for t in types.split()}, command)
            else:
                subprocess.run(["ip", "netns", "exec", NAMESPACE, "sh", "-c", command], check=True)
    finally:
        subprocess.run(["ip", "netns", "del", NAMESPACE])


main()

"""Checks a log's folder or a proof file; shares no code with the Swift package.

usage: independent_check.py log DIR POLICY
       independent_check.py proof PROOFFILE ENTRYFILE POLICY

Of a policy it reads logs, log witnesses and a quorum of `none` or one witness.
"""
import base64
import hashlib
import os
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(data):
    return hashlib.sha256(data).digest()


def leaf_hash(entry):
    return sha(b"\0" + entry)


def node(left, right):
    return sha(b"\1" + left + right)


def root_of(hashes):
    if not hashes:
        return sha(b"")
    # Pairs row by row; a lone last one moves up. Another method than the definition, the same root.
    while len(hashes) > 1:
        pairs = [node(a, b) for a, b in zip(hashes[::2], hashes[1::2])]
        hashes = pairs + hashes[len(hashes) & ~1:]
    return hashes[0]


def read_policy(path):
    logs, witnesses, quorum = {}, {}, None
    for line in open(path, encoding="utf-8").read().split("\n"):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "quorum":
            quorum = words[1]
            continue
        vkey = words[1] if words[0] == "log" else words[2]
        name, key_id, data = vkey.split("+", 2)
        key = base64.b64decode(data, validate=True)
        assert sha(name.encode() + b"\n" + key)[:4].hex() == key_id, "key ID"
        kept = logs if words[0] == "log" else witnesses
        kept[name, bytes.fromhex(key_id)] = (Ed25519PublicKey.from_public_bytes(key[1:]), words[1])
    return logs, witnesses, quorum


def open_checkpoint(note, policy):
    """Returns size and root, or raises."""
    logs, witnesses, quorum = policy
    text, _, lines = note.rpartition(b"\n\n")
    text += b"\n"
    assert lines.endswith(b"\n"), "end of note"
    origin, size, root = text.decode().split("\n")[:3]
    signed, cosigned = False, set()
    for line in lines.decode().rstrip("\n").split("\n"):
        dash, name, data = line.split(" ")
        assert dash == "\u2014", "signature line"
        data = base64.b64decode(data, validate=True)
        known = (name, data[:4])
        if known in logs:
            logs[known][0].verify(data[4:], text)
            signed = signed or name == origin
        elif known in witnesses:
            key, local = witnesses[known]
            time = int.from_bytes(data[4:12], "big")
            key.verify(data[12:], b"cosignature/v1\ntime %d\n" % time + text)
            cosigned.add(local)
    assert signed, "no log signed"
    assert quorum == "none" or quorum in cosigned, "quorum"
    return int(size), base64.b64decode(root, validate=True)


def numbered(index):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "/".join(groups)


def read_items(directory, kind, index, width, parse):
    full = os.path.join(directory, "tile", kind, numbered(index))
    partial = f"{full}.p/{width}"
    path = partial if width < 256 and os.path.exists(partial) else full
    return parse(open(path, "rb").read())[:width]


def parse_hashes(data):
    assert len(data) % 32 == 0, "length of a tile"
    return [data[i:i + 32] for i in range(0, len(data), 32)]


def parse_entries(data):
    entries, i = [], 0
    while i < len(data):
        length = int.from_bytes(data[i:i + 2], "big")
        assert i + 2 + length <= len(data), "length of a bundle"
        entries.append(data[i + 2:i + 2 + length])
        i += 2 + length
    return entries


def check_log(directory, policy):
    size, root = open_checkpoint(open(os.path.join(directory, "checkpoint"), "rb").read(), policy)
    row = []
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        entries = read_items(directory, "entries", index, width, parse_entries)
        assert len(entries) == width, f"bundle {index}"
        row += [leaf_hash(entry) for entry in entries]
    assert root_of(row) == root, "root"
    level = 0
    while row:
        for index in range((len(row) + 255) // 256):
            wanted = row[256 * index:256 * index + 256]
            assert read_items(directory, str(level), index, len(wanted), parse_hashes) == wanted, (level, index)
        row = [root_of(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
        level += 1
    print("log of", size, "entries agrees")


def included(leaf, index, size, path):
    """The root by recursion over the definition."""
    if size == 1:
        assert not path, "path too long"
        return leaf
    assert path, "path too short"
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return node(included(leaf, index, half, path[:-1]), path[-1])
    return node(path[-1], included(leaf, index - half, size - half, path[:-1]))


def check_proof(proof, entry, policy):
    head, _, note = open(proof, "rb").read().partition(b"\n\n")
    lines = head.decode().split("\n")
    assert lines.pop(0) == "c2sp.org/tlog-proof@v1", "header"
    if lines[0].startswith("extra "):
        lines.pop(0)
    word, index = lines.pop(0).split(" ")
    assert word == "index", "index"
    path = [base64.b64decode(line, validate=True) for line in lines]
    size, root = open_checkpoint(note, policy)
    assert 0 <= int(index) < size, "index out of range"
    assert included(leaf_hash(open(entry, "rb").read()), int(index), size, path) == root, "inclusion"
    print("entry", index, "of", size, "is included")


if __name__ == "__main__":
    if sys.argv[1:2] == ["log"] and len(sys.argv) == 4:
        check_log(sys.argv[2], read_policy(sys.argv[3]))
    elif sys.argv[1:2] == ["proof"] and len(sys.argv) == 5:
        check_proof(sys.argv[2], sys.argv[3], read_policy(sys.argv[4]))
    else:
        sys.exit(__doc__)

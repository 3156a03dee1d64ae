"""Opens the golden vectors with nothing but this folder's description and Python's standard library.

python3 docs/format/second_opinion.py

It shares no line, no language and no library with Strata, so it says whether the description is enough.
"""

import hashlib
import json
import pathlib
import struct
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def vectors(name):
    return json.loads((ROOT / "test/golden/vectors" / f"{name}.json").read_text(encoding="utf-8"))


def u32(data, at):
    return struct.unpack_from("<I", data, at)[0]


# README.md, "Keys"


def keyed(key, message, length=32):
    return hashlib.blake2b(message, key=key, digest_size=length).digest()


def derive(parent, label, context=b"", length=32):
    return keyed(parent, bytes([len(label)]) + label.encode("ascii") + context, length)


# XChaCha20-Poly1305 (RFC 8439, draft-irtf-cfrg-xchacha)

CONSTANTS = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574]
ROUND = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]


def twenty_rounds(state):
    for _ in range(10):
        for a, b, c, d in ROUND:
            for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                state[x] = (state[x] + state[y]) & 0xFFFFFFFF
                mixed = state[z] ^ state[x]
                state[z] = ((mixed << turn) | (mixed >> (32 - turn))) & 0xFFFFFFFF
    return state


def key_stream(key, counter, nonce):
    start = CONSTANTS + list(struct.unpack("<8I", key)) + [counter] + list(struct.unpack("<3I", nonce))
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(twenty_rounds(start[:]), start)))


def poly1305(key, message):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) % (1 << 128)).to_bytes(16, "little")


def open_sealed(key, nonce, associated, sealed):
    mixed = twenty_rounds(CONSTANTS + list(struct.unpack("<8I", key)) + list(struct.unpack("<4I", nonce[:16])))
    key, nonce = struct.pack("<8I", *mixed[:4], *mixed[12:]), bytes(4) + nonce[16:]
    cipher, tag = sealed[:-16], sealed[-16:]
    padded = b"".join(part + bytes(-len(part) % 16) for part in (associated, cipher))
    message = padded + struct.pack("<QQ", len(associated), len(cipher))
    assert poly1305(key_stream(key, 0, nonce)[:32], message) == tag, "tag"
    stream = b"".join(key_stream(key, 1 + block, nonce) for block in range((len(cipher) + 63) // 64))
    return bytes(a ^ b for a, b in zip(cipher, stream))


# The pages of this folder


def checked(file):
    assert zlib.crc32(file[:-4]) == u32(file, len(file) - 4), "checksum"
    return file[:-4]


def read_body(body):
    compression, plain_length, stored_length = struct.unpack_from("<BII", body)
    assert compression == 0 and plain_length == stored_length and not any(body[9 + stored_length :])
    return body[9 : 9 + stored_length]


def unwrap_slot(file, recovery_key):
    slot = checked(file)
    assert slot[:8] == b"\x89STRKEY\n" and slot[10] == 2
    plain = open_sealed(derive(recovery_key, "slot-recovery", slot[52:68]), slot[68:92], slot[:100], slot[100:])
    assert u32(plain, 0) == 1 and u32(slot, 92) == 1
    return plain[4:36]


def open_slot(file, kind, secret):
    """All parts of a slot: master keys by epoch (0: the sheet key), and what lies behind them."""
    slot = checked(file)
    assert slot[:8] == b"\x89STRKEY\n" and slot[10] == kind
    salt, nonce, end = slot[52:68], slot[68:92], 100 + u32(slot, 96)
    label = {2: "slot-recovery", 3: "slot-device"}[kind]
    plain = open_sealed(derive(secret, label, salt), nonce, slot[:100], slot[100:end])
    keys = {u32(plain, at): plain[at + 4 : at + 36] for at in range(0, len(plain), 36)}
    assert u32(slot, 92) == len([epoch for epoch in keys if epoch > 0])
    note = open_sealed(derive(keys[1], "slot-note", salt), nonce, slot[:end], slot[end : end + 112])
    sheet = None
    if len(slot) > end + 112:
        sheet = open_sealed(derive(keys[0], "slot-sheet", salt), nonce, slot[: end + 112], slot[end + 112 :])
    return keys, note.rstrip(b"\0").decode(), sheet


def words_of(key):
    names = (ROOT / "docs/format/recovery-words.txt").read_text(encoding="ascii").split()
    number = int.from_bytes(key + hashlib.sha256(key).digest()[:1], "big")
    return " ".join(names[number >> 11 * (23 - place) & 2047] for place in range(24))


def check_characters_of(key):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(alphabet[byte & 31] for byte in derive(key, "check-characters")[:4])


def read_records(master, header, records):
    assert header[:8] == b"\x89STRPCK\n" and u32(header, 12) == 1
    salt = header[16:48]
    data = derive(derive(master, "data-enc"), "pack-data", salt)
    meta = derive(derive(master, "meta-enc"), "pack-meta", salt)
    at = ordinal = 0
    while at < len(records):
        head = records[at : at + 52]
        assert head[:8] == b"\x89STRREC\n" and u32(head, 12) == ordinal
        key = data if head[9] in (1, 2) else meta
        number = struct.pack("<I", ordinal)
        sealed = records[at + 52 : at + 52 + u32(head, 16)]
        yield head[9], head[20:52], read_body(open_sealed(key, number + bytes(20), head + salt + number, sealed))
        at, ordinal = at + 52 + len(sealed), ordinal + 1


def chunk_id(key, plain):
    return keyed(key, hashlib.sha256(plain).digest())


def digest(key, chunks):
    if len(chunks) < 2:
        return chunks[0] if chunks else chunk_id(key, b"")
    return keyed(key, b"".join(chunks))


def check_ids(master, kind, record_id, plain):
    chunk_key, record_key = derive(master, "chunk-id"), derive(master, "record-id")
    if kind == 1:
        assert chunk_id(chunk_key, plain) == record_id
    elif kind == 3:
        assert keyed(record_key, plain) == record_id
    else:
        table = plain[-4 - 36 * u32(plain, len(plain) - 4) :]
        assert keyed(record_key, table) == record_id
        at = 0
        for entry in range(0, len(table) - 4, 36):
            length = u32(table, entry + 32)
            assert chunk_id(chunk_key, plain[at : at + length]) == table[entry : entry + 32]
            at += length
        assert at + len(table) == len(plain)


def read_commit(master, file, previous):
    assert file[:8] == b"\x89STRCMT\n" and file[44:76] == previous
    assert keyed(derive(master, "commit-mac"), file[:-32]) == file[-32:], "mac"
    return read_body(open_sealed(derive(derive(master, "meta-enc"), "commit", file[76:108]), bytes(24), file[:112], file[112:-32]))


def chunk_lengths(gear, numbers, content):
    least, average, most = numbers["minBytes"], numbers["averageBytes"], numbers["maxBytes"]
    harder = 2**64 // (average * 2 ** numbers["normalization"])
    easier = 2**64 * 2 ** numbers["normalization"] // average
    lengths = []
    while content:
        last = min(len(content), most)
        normal, h, length = min(average, last), 0, last
        for i in range(least, last):
            h = (2 * h + gear[content[i]]) % 2**64
            if h < (harder if i < normal else easier):
                length = i + 1
                break
        lengths.append(length)
        content = content[length:]
    return lengths


def main():
    for entry in vectors("derive")["keys"]:
        parent = bytes.fromhex(vectors("derive")["parent"])
        assert derive(parent, entry["label"], bytes.fromhex(entry["context"])).hex() == entry["key"]

    for entry in vectors("recovery-key"):
        key = bytes.fromhex(entry["key"])
        assert words_of(key) == entry["words"] and check_characters_of(key) == entry["checkCharacters"]

    ids = vectors("ids")
    chunk_key = derive(bytes.fromhex(ids["master"]), "chunk-id")
    for case in ids["cases"]:
        plain = bytes(at % 256 for at in range(case["length"]))
        assert chunk_id(chunk_key, plain).hex() == case["chunkId"]
        assert keyed(derive(bytes.fromhex(ids["master"]), "record-id"), plain).hex() == case["recordId"]
    known = [bytes.fromhex(case["chunkId"]) for case in ids["cases"]]
    assert [digest(chunk_key, known[:length]).hex() for length in range(len(known) + 1)] == ids["digestsOfFirst"]

    slots = vectors("slot")
    master = unwrap_slot(bytes.fromhex(slots["byRecoveryKey"]), bytes.fromhex(slots["recoveryKey"]))

    parts = vectors("slot-parts")
    for kind, name, secret in ((2, "byRecoveryKey", "recoveryKey"), (3, "byDevice", "deviceSecret")):
        keys, note, sheet = open_slot(bytes.fromhex(parts[name]), kind, bytes.fromhex(parts[secret]))
        opened = parts["opened"][kind - 1]
        assert {entry["epoch"]: entry["key"] for entry in opened["masters"]} == {e: k.hex() for e, k in keys.items() if e > 0}
        assert opened["sheetKey"] == (keys[0].hex() if 0 in keys else None) and note == parts["notes"][kind - 1]
        assert sheet is None if kind == 3 else sheet.hex() == parts["sheet"] == parts["recoveryKey"]

    header = checked(bytes.fromhex(vectors("header")["file"]))
    assert keyed(derive(master, "commit-mac"), header[:-32]) == header[-32:]
    assert header[90 : 90 + header[88]].decode() == vectors("header")["header"]["name"]

    pack = vectors("pack")
    records = list(read_records(master, bytes.fromhex(pack["header"]), bytes.fromhex(pack["records"])))
    assert [plain.hex() for _, _, plain in records] == [entry["plain"] for entry in pack["opened"]]
    for record in records:
        check_ids(master, *record)

    previous = bytes(32)
    for file in map(bytes.fromhex, vectors("commit")["files"]):
        assert read_commit(master, file, previous).decode() == vectors("commit")["payload"]
        previous = hashlib.sha256(file).digest()

    chunker = vectors("chunker")
    table = b"".join(derive(derive(master, "chunker"), "gear", bytes([block]), 64) for block in range(32))
    assert hashlib.sha256(table).hexdigest() == chunker["gearSha256"]
    case = chunker["cases"][0]
    blocks = (keyed(bytes(range(32)), struct.pack("<I", block), 64) for block in range((case["bytes"] + 63) // 64))
    content = b"".join(blocks)[: case["bytes"]]
    assert chunk_lengths(struct.unpack("<256Q", table), case["parameters"], content) == case["lengths"]

    print("The description and the vectors agree.")


main()

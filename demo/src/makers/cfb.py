"""A compound file (MS-CFB, version 3) and, in it, an Outlook message (MS-OXMSG)."""

import struct

SECTOR, MINI, FREE, END, FAT = 512, 64, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(tree):
    """Bytes of a compound file; `tree` maps a name to bytes (a stream) or to a tree (a storage)."""
    entries = [dict(name="Root Entry", kind=5, children=tree)]
    queue = [0]
    while queue:
        parent = queue.pop(0)
        ids = []
        for name in sorted(entries[parent]["children"], key=lambda n: (len(n), n.upper())):
            value = entries[parent]["children"][name]
            ids.append(len(entries))
            if isinstance(value, dict):
                entries.append(dict(name=name, kind=1, children=value))
                queue.append(len(entries) - 1)
            else:
                entries.append(dict(name=name, kind=2, data=value))

        def balance(part):
            if not part:
                return FREE
            middle = len(part) // 2
            entries[part[middle]].update(left=balance(part[:middle]), right=balance(part[middle + 1:]))
            return part[middle]

        entries[parent]["child"] = balance(ids)
    fat, sectors, minifat, ministream = [], [], [], b""

    def chain(data):
        if not data:
            return END
        first, count = len(sectors), -(-len(data) // SECTOR)
        for i in range(count):
            sectors.append(data[i * SECTOR:(i + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + i + 1 if i + 1 < count else END)
        return first

    for entry in entries:
        data = entry.get("data")
        if data is None:
            continue
        if len(data) >= 4096:
            entry["start"] = chain(data)
        elif data:
            count = -(-len(data) // MINI)
            entry["start"] = len(minifat)
            minifat += [entry["start"] + i + 1 for i in range(count - 1)] + [END]
            ministream += data.ljust(count * MINI, b"\0")
        else:
            entry["start"] = END
    entries[0]["start"] = chain(ministream)
    entries[0]["size"] = len(ministream)
    mini_start = chain(struct.pack(f"<{len(minifat)}I", *minifat).ljust(-(-len(minifat) * 4 // SECTOR) * SECTOR, b"\xff"))
    directory = b""
    for entry in entries:
        name = entry["name"].encode("utf-16-le") + b"\0\0"
        directory += name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), entry["kind"], 1, entry.get("left", FREE),
                                                         entry.get("right", FREE), entry.get("child", FREE))
        directory += bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", entry.get("start", 0), entry.get("size", len(entry.get("data", b""))))
    while len(directory) % SECTOR:
        directory += bytes(64) + struct.pack("<HBBIII", 0, 0, 0, FREE, FREE, FREE) + bytes(48)
    directory_start = chain(directory)
    fat_count = 1
    while (len(fat) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat_start = len(sectors)
    fat += [FAT] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * SECTOR, b"\xff")
    sectors += [table[i * SECTOR:(i + 1) * SECTOR] for i in range(fat_count)]
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_count, directory_start, 0, 4096, mini_start,
                          -(-len(minifat) * 4 // SECTOR), END, 0)
    header += struct.pack("<109I", *([fat_start + i for i in range(fat_count)] + [FREE] * (109 - fat_count)))
    return header + b"".join(sectors)


def properties(head, values):
    """A storage's streams: `values` maps a property id to str, bytes, int or ("time", filetime)."""
    table, streams = head, {}
    for tag, value in sorted(values.items()):
        if isinstance(value, int):
            table += struct.pack("<HHIiI", 3, tag, 6, value, 0)
        elif isinstance(value, tuple):
            table += struct.pack("<HHIQ", 0x40, tag, 6, value[1])
        else:
            kind = 0x1F if isinstance(value, str) else 0x102
            data = value.encode("utf-16-le") if kind == 0x1F else value
            table += struct.pack("<HHIII", kind, tag, 6, len(data) + (2 if kind == 0x1F else 0), 0)
            streams[f"__substg1.0_{tag:04X}{kind:04X}"] = data
    streams["__properties_version1.0"] = table
    return streams


def message(sender, recipient, subject, unix_time, body, headers, attachment):
    """An Outlook message with one recipient and one attachment (name, mime type, bytes)."""
    when = ("time", (unix_time + 11644473600) * 10_000_000)
    tree = properties(
        bytes(8) + struct.pack("<IIII", 1, 1, 1, 1) + bytes(8),
        {0x001A: "IPM.Note", 0x0037: subject, 0x0070: subject, 0x0039: when, 0x0E06: when, 0x007D: headers,
         0x0C1A: sender[0], 0x0C1E: "SMTP", 0x0C1F: sender[1], 0x0042: sender[0], 0x0065: sender[1],
         0x0E04: recipient[0], 0x1000: body, 0x340D: 0x40000, 0x0E07: 1, 0x3FDE: 65001},
    )
    tree["__recip_version1.0_#00000000"] = properties(
        bytes(8), {0x3001: recipient[0], 0x3002: "SMTP", 0x3003: recipient[1], 0x39FE: recipient[1], 0x0C15: 1, 0x3000: 0})
    name, mime, data = attachment
    tree["__attach_version1.0_#00000000"] = properties(
        bytes(8), {0x3701: data, 0x3704: name, 0x3707: name, 0x3703: "." + name.rsplit(".", 1)[1], 0x370E: mime,
                   0x3705: 1, 0x0E21: 0, 0x0E20: len(data)})
    tree["__nameid_version1.0"] = {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""}
    return compound(tree)

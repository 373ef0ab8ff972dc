"""Checks the service and data sets from outside. Run by tools/check service."""

import os
import sys

import data_sets
import parts
import replies

PARTS = {
    "replies": replies.check_replies,
    "latency": replies.check_latency,
    "hostile": replies.check_hostile,
    "bytes": replies.check_bytes,
    "shards": data_sets.check_shards,
    "kills": data_sets.check_kills,
    "disks": data_sets.check_disks,
}


if __name__ == "__main__":
    digitgen, *names = sys.argv[1:]
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    parts.run("service", PARTS, names, digitgen)

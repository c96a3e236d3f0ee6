"""undocumented.py SCHEMA: prints the keys of a JSON Schema that nothing is said of."""
import json
import sys


def walk(node, path):
    if isinstance(node, list):
        for item in node:
            walk(item, path)
    if not isinstance(node, dict):
        return
    for key, value in (node.get("properties") or {}).items():
        if isinstance(value, dict) and not value.get("description"):
            print(f"{path}/{key}")
    for key, value in node.items():
        walk(value, f"{path}/{key}")


with open(sys.argv[1]) as f:
    walk(json.load(f), "")

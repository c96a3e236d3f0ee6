"""validate.py SCHEMA FILE…: prints the files that a JSON Schema refuses, each with the first reason. Files ending in
.yaml are read as YAML 1.2 would be: 'off' and 'on' stay words, numbers are numbers."""
import json
import sys

import jsonschema


def load(path):
    if not path.endswith(".yaml"):
        with open(path) as f:
            return json.load(f)
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        k: [(tag, r) for tag, r in v if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
        for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    import re
    number = list("-+0123456789.")
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?(?:0|[1-9][0-9]*)$"), number)
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:float", re.compile(r"^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"), number)
    with open(path, encoding="utf-8") as f:
        return yaml.load(f, Loader)


def main():
    with open(sys.argv[1]) as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in sys.argv[2:]:
        try:
            document = load(path)
        except Exception as e:  # not even YAML
            print(f"{path}: unreadable: {type(e).__name__}")
            continue
        error = jsonschema.exceptions.best_match(validator.iter_errors(document))
        if error:
            print(f"{path}: {error.json_path}: {error.message[:160]}")


main()

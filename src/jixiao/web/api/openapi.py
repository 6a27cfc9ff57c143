"""The description of the interface: what every operation may refuse, in one place."""

from __future__ import annotations

from typing import Any

from jixiao.web.api.types import Problem
from jixiao.web.site.errors import TITLES

_ALWAYS = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)


def finished(schema: Any) -> Any:
    """``schema`` with the refusals of every operation, as problem+json."""
    schema["components"].setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    schema["components"]["responses"] = {f"Refused{status}": _refusal(status) for status in _ALWAYS}
    for path in schema["paths"].values():
        for operation in path.values():
            for status in _ALWAYS:
                operation["responses"][status] = {"$ref": f"#/components/responses/Refused{status}"}
            for parameter in operation["parameters"]:
                parameter["schema"] = _given(parameter["schema"])
            form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).get("schema", {})
            if form:  # other fields are refused, as those of other bodies
                form["additionalProperties"] = False
            for name, part in form.get("properties", {}).items():
                given = form["properties"][name] = _given(part)
                if given.get("type") == "array":  # no file at all is no upload
                    given["minItems"] = 1
                of_one = given.get("items", given)
                if of_one.get("format") == "binary":  # nor is one without a byte
                    of_one["minLength"] = 1
    _close(schema["components"]["schemas"])
    return schema


def _close(schema: Any) -> None:
    """Of objects whose names of fields have a pattern: no others are taken, which pydantic does not say."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            _close(part)
    elif isinstance(schema, list):
        for part in schema:
            _close(part)


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """What a parameter is where it is given at all: in an address there is no null."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **kinds[0]}


def _refusal(status: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": TITLES[status], "content": content}

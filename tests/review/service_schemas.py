"""What the Reconciliation Service API v0.2 demands of each answer, as JSON Schema in words of our own.

After the final report of 10 April 2023; the sections are named. Where the report allows more than we send, the schema
here is the narrower one: fields that the service does not know are not let through.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}


def thing(**more: Any) -> dict[str, Any]:
    """An object with an identifier and a name, and `more`."""
    return {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": TEXT, "name": TEXT, **more},
        "additionalProperties": False,
    }


TYPE = thing()
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
SUGGESTS = {
    "type": "object",
    "required": ["service_url", "service_path", "flyout_service_url", "flyout_service_path"],
    "properties": {
        "service_url": ADDRESS,
        "service_path": {"type": "string", "pattern": "^/"},
        "flyout_service_url": ADDRESS,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
    "additionalProperties": False,
}

# "Service Manifest"
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "preview", "suggest", "extend"],
    "properties": {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "serviceVersion": TEXT,
        "defaultTypes": {"type": "array", "items": TYPE, "uniqueItems": True},
        "view": {"type": "object", "required": ["url"], "properties": {"url": TEMPLATE}},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}},
        },
        "suggest": {
            "type": "object",
            "properties": {"entity": SUGGESTS, "property": SUGGESTS, "type": SUGGESTS},
            "additionalProperties": False,
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": {
                    "type": "object",
                    "required": ["service_url", "service_path"],
                    "properties": {"service_url": ADDRESS, "service_path": TEXT},
                },
                "property_settings": {"type": "array"},
            },
        },
        "batchSize": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}

# "Reconciliation Query Responses"
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "description": {"type": "string"},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": TYPE, "minItems": 1},
    },
    "additionalProperties": False,
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
        "additionalProperties": False,
    },
}

# "Suggest Responses", "Flyout Services"
DESCRIBED = {"description": {"type": "string"}}
SUGGESTED = {
    what: {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": item}},
        "additionalProperties": False,
    }
    for what, item in {
        "entity": thing(**DESCRIBED, notable={"type": "array", "items": TYPE}),
        "property": thing(**DESCRIBED),
        "type": thing(**DESCRIBED),
    }.items()
}
FLYOUT = {
    "type": "object",
    "required": ["id", "html"],
    "properties": {"id": TEXT, "html": TEXT},
    "additionalProperties": False,
}

# "Data Extension Property Proposals", "Data Extension Responses"
PROPOSED = {
    "type": "object",
    "required": ["properties", "type"],
    "properties": {
        "properties": {"type": "array", "items": thing()},
        "type": {"type": "string"},
        "limit": {"type": "integer"},
    },
    "additionalProperties": False,
}
VALUE = {
    "oneOf": [
        thing(),
        {"type": "object", "required": ["str"], "properties": {"str": TEXT}, "additionalProperties": False},
    ]
}
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": thing()},
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": VALUE}},
        },
    },
    "additionalProperties": False,
}

# SPDX-License-Identifier: Apache-2.0
"""What the hub serves is what the contract lists: paths, methods, models. A drift is a red test here, not a surprise at a tester's desk."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from firstlight_contract.endpoint import API, Endpoint
from firstlight_contract.endpoints import ALL

METHODS = {"get", "put", "post", "patch", "delete"}


def served() -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of the hub's own OpenAPI document."""
    from firstlight_hub.site.api import api

    document = api.get_openapi_schema(path_prefix=API)
    said = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in METHODS:
                said[method.upper(), path] = operation
    return said


def schemas() -> dict[str, Any]:
    from firstlight_hub.site.api import api

    return dict(api.get_openapi_schema(path_prefix=API)["components"]["schemas"])


def test_the_hub_serves_exactly_what_the_contract_lists() -> None:
    assert set(served()) == {(endpoint.method, API + endpoint.path) for endpoint in ALL}


def test_every_endpoint_takes_and_gives_the_contracts_models() -> None:
    operations = served()
    for endpoint in ALL:
        operation = operations[endpoint.method, API + endpoint.path]
        answers = [operation["responses"][code] for code in operation["responses"] if str(code) in ("200", "201")]
        assert answers, endpoint.path
        for answer in answers:
            assert _name(answer["content"]["application/json"]["schema"]) == endpoint.reply.__name__, endpoint.path
        body = operation.get("requestBody")
        if endpoint.request is None:
            assert body is None, endpoint.path
        else:
            assert _name(body["content"]["application/json"]["schema"]) == endpoint.request.__name__, endpoint.path


def test_a_model_that_is_served_has_the_fields_of_the_contract() -> None:
    said = schemas()
    for endpoint in ALL:
        for model in (endpoint.reply, endpoint.request):
            if model is None:
                continue
            expected = TypeAdapter(model).json_schema(mode="validation")
            assert set(said[model.__name__]["properties"]) == set(expected["properties"]), model.__name__


def test_only_public_endpoints_take_no_token() -> None:
    operations = served()
    for endpoint in ALL:
        assert bool(operations[endpoint.method, API + endpoint.path].get("security")) is not endpoint.public, endpoint.path


def test_no_two_endpoints_have_one_name() -> None:
    assert len({(endpoint.method, endpoint.path) for endpoint in ALL}) == len(ALL)
    assert all(isinstance(endpoint, Endpoint) for endpoint in ALL)


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]

# SPDX-License-Identifier: Apache-2.0
"""A guide's YAML text into the contract's model, or the places where it does not fit. Strangers write guides: no aliases, and a size."""

from __future__ import annotations

import yaml
from pydantic import ValidationError
from yaml.tokens import AliasToken, AnchorToken

from firstlight_contract.guides import MAX_DOCUMENT, Guide
from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(document: bytes) -> Guide:
    """The guide; ProblemError 422 whose `fields` name each place that does not fit."""
    if len(document) > MAX_DOCUMENT:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MAX_DOCUMENT)
    try:
        text = document.decode("utf-8")
        # An alias repeats a part of the file: a few hundred bytes of them would unfold to gigabytes.
        if any(isinstance(token, AliasToken | AnchorToken) for token in yaml.scan(text, Loader=_LOADER)):
            raise ProblemError(Code.INVALID, 422, fields=("alias",), title="no anchors and aliases in a guide")
        return Guide.model_validate(yaml.load(text, Loader=_LOADER))
    except UnicodeDecodeError as error:
        raise ProblemError(Code.INVALID, 422, fields=(f"byte {error.start}",), title="not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark is not None else "document"
        raise ProblemError(Code.INVALID, 422, fields=(place,), title="not YAML") from error
    except RecursionError as error:
        raise ProblemError(Code.INVALID, 422, fields=("document",), title="nested too deeply") from error
    except ValidationError as error:
        places = tuple(".".join(str(part) for part in mistake["loc"])[:200] for mistake in error.errors()[:50])
        raise ProblemError(Code.INVALID, 422, fields=places, title=error.errors()[0]["msg"][:200]) from error

# SPDX-License-Identifier: Apache-2.0
"""A guide's YAML text into the contract's model, or the places where it does not fit. Strangers write guides: the dialect is the
desktop's, so that nothing is signed here that is read in another way there.
"""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import ValidationError

from firstlight_contract.guide_yaml import Bad, Builder
from firstlight_contract.guides import MAX_DOCUMENT, Guide
from firstlight_contract.problem import Code
from firstlight_hub.base.problem import ProblemError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(document: bytes) -> Guide:
    """The guide; ProblemError 422 whose `fields` name each place that does not fit."""
    if len(document) > MAX_DOCUMENT:
        raise ProblemError(Code.TOO_LARGE, 413, limit=MAX_DOCUMENT)
    try:
        return Guide.model_validate(_plain(document.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise ProblemError(Code.INVALID, 422, fields=(f"byte {error.start}",), title="not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark is not None else "document"
        raise ProblemError(Code.INVALID, 422, fields=(place,), title="not YAML") from error
    except Bad as bad:
        place = f"line {bad.line}" + (f": {bad.where}" if bad.where else "")
        raise ProblemError(Code.INVALID, 422, fields=(place[:200],), title=bad.why[:200]) from bad
    except ValidationError as error:
        places = tuple(".".join(str(part) for part in mistake["loc"])[:200] for mistake in error.errors()[:50])
        raise ProblemError(Code.INVALID, 422, fields=places, title=error.errors()[0]["msg"][:200]) from error


def _plain(text: str) -> object:
    loader = _Loader(text)
    try:
        return Builder(loader).document()[0]
    finally:
        loader.dispose()

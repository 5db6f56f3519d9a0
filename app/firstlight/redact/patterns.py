# SPDX-License-Identifier: Apache-2.0
"""The rule table, whole and in order: where two findings begin at the same place and are as long, the kind that is shown first holds.

Raise VERSION with each change of a rule: what leaves is then made anew.
"""

from __future__ import annotations

from firstlight.redact import rules_nearby, rules_numbers, rules_people, rules_radios, rules_secrets
from firstlight.redact.rule import Rule

VERSION = 10

RULES: tuple[Rule, ...] = (
    *rules_secrets.RULES,
    *rules_people.RULES,
    *rules_radios.RULES,
    *rules_nearby.RULES,
    *rules_numbers.RULES,
)

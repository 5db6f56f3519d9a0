# SPDX-License-Identifier: Apache-2.0
"""What a tester has earned: events, days, badge rules as data, awards."""

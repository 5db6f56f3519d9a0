# SPDX-License-Identifier: Apache-2.0
"""The ground of every room: errors, events, paths, settings, log, work. A closed list of six files."""

# SPDX-License-Identifier: Apache-2.0
"""Reports, their attachments by resumable upload, the conversation about them, and their triage."""

# SPDX-License-Identifier: Apache-2.0
"""The outbox, its sender, the feed's puller, and bundles for a USB stick. A schedule only: the names of things make repeats harmless.

For pages: `outbox.waiting(account)` -> Waiting (acts, parked, bytes, next try, files that wait for a free network, paused),
`news.Sending` progress per file, `rules.Rules` from settings (pause, pace, metered, big files) asked at every piece and
`outbox.rules_changed()` after a change; `acts.Acts` puts whatever else the hub must learn; `usb.Bundles` saves and takes in bundles.
"""

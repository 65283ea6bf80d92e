// Package e2e drives the built program with a real browser: every page at three widths with scripts on and off
// (axe, console, content policy, reflow, weight), the journeys of a patient, and the print sheets. Its tests
// have the build tag e2e, and scripts/with-services gives them Chromium and axe-core. It is not for rules that a
// faster test can show.
package e2e

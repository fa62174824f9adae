"""What STYLE.md allows a public page on a phone: HTML, styles and scripts, compressed."""

BUDGET = 50_000

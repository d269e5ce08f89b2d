"""The stewards' page measured as stewards use it: a server of its own, Debian's Chromium, real keys."""

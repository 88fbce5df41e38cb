"""bank.js in a real browser: windows, keyboard, closing, printing. Chosen, so no feature."""

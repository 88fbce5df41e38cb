"""What bank.js does in a real browser: windows, keyboard, closing, printing. Chosen, so no feature."""

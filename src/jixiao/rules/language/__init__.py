"""Rules L: wording 「文字」."""

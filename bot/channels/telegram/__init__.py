"""Chat on Telegram, through its Bot API: this package only translates (docs/telegram.md)."""

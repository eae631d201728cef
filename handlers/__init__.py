"""Answer what a customer asks: one file per subject, each handler a `Request` in and a `Reply` out."""

"""Contrast of colours as WCAG 2 computes it."""

from matplotlib.colors import to_rgb

TEXT, PARTS = 4.5, 3.0  # the least that text, and the parts of a picture or control, must have


def luminance(colour: object) -> float:
    """Relative luminance, 0 for black and 1 for white."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: object, other: object = "white") -> float:
    """The ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

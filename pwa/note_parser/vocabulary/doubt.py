"""Patterns for negation and uncertainty."""

import re

from pwa.note_parser.vocabulary.compile_pattern import compiled

DOUBT = compiled(r"""
    \b(?:maybe|perhaps|might|possibly|not|never|nothing|wonder|in theory|theoretically|
    no longer|if (?:possible|needed|necessary|all)|supposedly|either way|if)\b
""")
MAYBE = re.compile(r"\b(?:maybe|perhaps|might|possibly|in theory|theoretically)\b")

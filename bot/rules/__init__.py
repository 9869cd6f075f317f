"""What is read by rule: numbers and limits, negation, references, dialogue acts, and a plain first guess at the wishes.

Rules are certain where the model is not (a number, a "not"), and they carry the whole turn while no model is there.
"""

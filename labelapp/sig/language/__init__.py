"""Directions in the patient's language: closed tables of whole sentences, and who approved them."""

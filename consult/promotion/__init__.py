"""Telling people that they are asked: short addresses, QR codes, posters, messages; opens counted without anybody."""

"""Telling people that they are asked: short addresses, QR codes, posters and ready messages; opens counted without anybody."""

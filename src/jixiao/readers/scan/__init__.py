"""Reads scanned pages and images. What it needs (rapidocr, onnxruntime) is the optional part ``ocr``."""

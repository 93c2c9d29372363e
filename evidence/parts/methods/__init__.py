"""Frames of the chapters that run the toolkits."""

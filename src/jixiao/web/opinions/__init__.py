"""Opinions on sheets 「意见」: points of a return, what is explained and how that is judged, comments on cells."""

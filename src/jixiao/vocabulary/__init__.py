"""The words that forms print, whatever file they come in: labels, headings, the amounts and names beside them 「表式用词」."""

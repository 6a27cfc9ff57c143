"""How often the review is right: labelled documents, figures per rule, and the page that shows them."""

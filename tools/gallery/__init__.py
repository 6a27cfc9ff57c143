"""Pages that show every part of the front end with people and figures that are made up, to be looked at."""

"""Who did what to whose record, and when. Rows are only ever added."""
